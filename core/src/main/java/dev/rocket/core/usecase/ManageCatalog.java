package dev.rocket.core.usecase;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creating, editing and deleting projects, labels and members. */
public final class ManageCatalog {

    private final Once once;
    private final InstantSource clock;
    private final Births births;

    /** Writes through {@code once}. */
    public ManageCatalog(Once once, InstantSource clock, Births births) {
        this.once = once;
        this.clock = clock;
        this.births = births;
    }

    /**
     * Creates an entry; durable on return.
     *
     * @param kind PROJECT, LABEL or MEMBER; others are an IllegalArgumentException
     * @throws Refused with Forbidden (no WRITE), Invalid (no name; a field that does not fit the
     *     kind), Taken (the name) or KeyReused
     */
    public Change create(Caller caller, Image.Kind kind, CatalogEdit fields) {
        return once.change(caller, creation(caller, kind, fields));
    }

    /**
     * Edits an entry; durable on return.
     *
     * @throws Refused with Forbidden (no WRITE), NotFound, Stale, Invalid, Taken or KeyReused
     */
    public Change edit(
            Caller caller,
            Image.Id<? extends Catalogued> id,
            Optional<Revision> expected,
            CatalogEdit edit) {
        return once.change(caller, edition(caller, id, expected, edit));
    }

    /**
     * Deletes an entry and every mention of it in tasks; durable on return.
     *
     * @throws Refused with Forbidden (no WRITE), NotFound, Stale, TooWide (more than {@link
     *     Limits#CASCADE} tasks mention it) or KeyReused
     */
    public Change delete(
            Caller caller, Image.Id<? extends Catalogued> id, Optional<Revision> expected) {
        return once.change(caller, deletion(caller, id, expected));
    }

    /** The plan of {@link #create}. */
    public Plan creation(Caller caller, Image.Kind kind, CatalogEdit fields) {
        caller.require(Token.Scope.WRITE);
        String name = fields.name().orElseThrow(() -> Refused.invalid("name", "must be given"));
        Image entry = entry(kind, births.id(), name, fields);
        return new Plan(kind.wire() + ".create", snapshot -> List.of(entry));
    }

    private Image entry(Image.Kind kind, UUID id, String name, CatalogEdit fields) {
        Instant now = clock.instant();
        return switch (kind) {
            case PROJECT -> {
                Project blank = Project.named(new Project.Id(id), name, now);
                yield blank.with(fields, Revision.FIRST, blank.stamp());
            }
            case LABEL -> {
                Label blank = Label.named(new Label.Id(id), name, now);
                yield blank.with(fields, Revision.FIRST, blank.stamp());
            }
            case MEMBER -> {
                Member blank = Member.named(new Member.Id(id), name, now);
                yield blank.with(fields, Revision.FIRST, blank.stamp());
            }
            case TASK, COMMENT, TOKEN, JOB ->
                    throw new IllegalArgumentException(kind + " is not in the catalog");
        };
    }

    /** The plan of {@link #edit}. */
    public Plan edition(
            Caller caller,
            Image.Id<? extends Catalogued> id,
            Optional<Revision> expected,
            CatalogEdit edit) {
        caller.require(Token.Scope.WRITE);
        Instant now = clock.instant();
        return new Plan(
                id.kind().wire() + ".edit",
                snapshot -> List.of(Expected.find(snapshot, id, expected).edit(edit, now)));
    }

    /** The plan of {@link #delete}. */
    public Plan deletion(
            Caller caller, Image.Id<? extends Catalogued> id, Optional<Revision> expected) {
        caller.require(Token.Scope.WRITE);
        Instant now = clock.instant();
        return new Plan(
                id.kind().wire() + ".delete",
                snapshot -> {
                    Catalogued entry = Expected.find(snapshot, id, expected);
                    List<Image> images = new ArrayList<>();
                    images.add(new Image.Gone(id, entry.revision().next()));
                    for (Task task : mentions(snapshot, id)) {
                        images.add(task.without(id, now));
                    }
                    return images;
                });
    }

    private static List<Task> mentions(Snapshot snapshot, Image.Id<?> id) {
        TaskFilter filter = TaskFilter.mentioning(id);
        List<Task> tasks =
                Expected.every(
                        snapshot,
                        new Listing.Tasks(filter, TaskOrder.CREATED, Cursor.START, Limits.PAGE));
        if (tasks.size() > Limits.CASCADE) {
            throw new Refused(new Refusal.TooWide(id, Limits.CASCADE));
        }
        return tasks;
    }
}
