package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Task;
import java.util.Optional;
import java.util.Set;

/** The indexes of labels and words, in step with the tasks. */
final class TaskIndex {

    private TaskIndex() {}

    /** Follows a change from what was held to an image; other entities have no such index. */
    static void follow(TaskColumns.Run run, Image image, Optional<Held> held) {
        if (!(image.id() instanceof Task.Id id)) {
            return;
        }
        Optional<Task> before = held.map(Held::task);
        Optional<Task> after = image instanceof Task task ? Optional.of(task) : Optional.empty();
        TaskLabels.change(
                run,
                id.value(),
                before.<Set<Label.Id>>map(task -> task.links().labels()).orElse(Set.of()),
                after.<Set<Label.Id>>map(task -> task.links().labels()).orElse(Set.of()));
        if (after.isEmpty()) {
            TaskWords.remove(run, id.value());
            return;
        }
        for (TaskWords.Part part : TaskWords.Part.values()) {
            String was = before.map(part::of).orElse("");
            String is = part.of(after.get());
            if (!was.equals(is)) {
                TaskWords.put(run, id.value(), part, is);
            }
        }
    }
}
