package dev.rocket.http.live;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a subscription wants to hear of.
 *
 * @param kinds changes of these entities
 * @param tasks which tasks; says nothing about other kinds
 */
record Interest(Set<Image.Kind> kinds, TaskFilter tasks) {

    /** Everything that followers may see. */
    static final Interest ALL =
            new Interest(
                    Arrays.stream(Image.Kind.values())
                            .filter(kind -> !kind.isInternal())
                            .collect(Collectors.toSet()),
                    TaskFilter.ANY);

    /** What a change means to a subscription. */
    enum Verdict {
        /** It shows the change. */
        CHANGE,
        /** The task was wanted before the change and no longer is. */
        LEFT,
        /** Nothing. */
        NOTHING
    }

    /** What was there before a change, looked up when it is asked for. */
    interface Earlier {

        /** The change before in the entity's history; empty when it is not known any more. */
        Optional<Change> change();
    }

    /** Copies the kinds. */
    Interest {
        kinds = Set.copyOf(kinds);
    }

    /** What a change means. */
    Verdict judge(Change change, Earlier earlier) {
        Image image = change.image();
        if (!kinds.contains(image.id().kind())) {
            return Verdict.NOTHING;
        }
        boolean isFiltered = image.id() instanceof Task.Id && !tasks.equals(TaskFilter.ANY);
        if (!isFiltered || (image instanceof Task task && tasks.matches(task))) {
            return Verdict.CHANGE;
        }
        if (change.prev().value() == 0) {
            return Verdict.NOTHING;
        }
        // A task whose past is forgotten may have been shown: better told once too often.
        boolean wasShown =
                earlier.change()
                        .map(was -> was.image() instanceof Task task && tasks.matches(task))
                        .orElse(true);
        if (!wasShown) {
            return Verdict.NOTHING;
        }
        return image instanceof Image.Gone ? Verdict.CHANGE : Verdict.LEFT;
    }
}
