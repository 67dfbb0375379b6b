package dev.rocket.core.operation;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import java.util.Optional;

/** What an import builds on while it settles a batch: the store itself, or a rehearsal. */
sealed interface Ground permits AppliedGround, RehearsedGround {

    /** How an entity stands before it is imported. */
    enum Standing {
        /** It never was. */
        ABSENT,
        /** It was deleted. */
        GONE,
        /** It is there already. */
        SAME,
        /** Another form of it is there. */
        OTHER
    }

    /** Whether that entity is there. */
    boolean holds(Image.Id<?> id);

    /** The parent of a task that is there. */
    Optional<Task.Id> parent(Task.Id id);

    /** Tasks on the longest path down from a task, at least 1, counted up to {@code enough}. */
    int height(Task.Id id, int enough);

    /** Which entity holds the unique key of an image. */
    Optional<Image.Id<?>> named(Image wanted);

    /** How an item stands. */
    Standing standing(ImportItem wanted);

    /** The names of the fields in which what is there differs; empty when it is not known. */
    String differences(ImportItem wanted);

    /** Makes it stand as wanted. */
    void put(ImportItem wanted);
}
