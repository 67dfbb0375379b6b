package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The indexes of labels and words, in step with the tasks. */
final class TaskIndex {

    private TaskIndex() {}

    /** What follows a change from what was held to an image; other entities have no such index. */
    static List<Appended.Part> parts(Image image, Optional<Held> held) {
        if (!(image.id() instanceof Task.Id id)) {
            return List.of();
        }
        Optional<Task> before = held.map(Held::task);
        Optional<Task> after = image instanceof Task task ? Optional.of(task) : Optional.empty();
        List<Appended.Part> parts =
                new ArrayList<>(TaskLabels.change(id.value(), labels(before), labels(after)));
        if (after.isEmpty()) {
            parts.add(TaskWords.remove(id.value()));
            return parts;
        }
        for (TaskWords.Part part : TaskWords.Part.values()) {
            String was = before.map(part::of).orElse("");
            String is = part.of(after.get());
            if (!was.equals(is)) {
                parts.add(TaskWords.put(id.value(), part, is));
            }
        }
        return parts;
    }

    private static Set<Label.Id> labels(Optional<Task> task) {
        return task.<Set<Label.Id>>map(some -> some.links().labels()).orElse(Set.of());
    }
}
