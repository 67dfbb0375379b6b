package dev.rocket.postgres;

import dev.rocket.core.model.Label;
import java.util.Set;
import java.util.UUID;

/** The index from labels to tasks. */
final class TaskLabels {

    private TaskLabels() {}

    /** Takes out the labels that a task no longer has, and puts in those that it has now. */
    static void change(TaskColumns.Run run, UUID task, Set<Label.Id> before, Set<Label.Id> after) {
        for (Label.Id label : before) {
            if (!after.contains(label)) {
                run.write(
                        "DELETE FROM task_label WHERE label = ? AND task = ?", label.value(), task);
            }
        }
        for (Label.Id label : after) {
            if (!before.contains(label)) {
                run.write(
                        "INSERT INTO task_label (label, task) VALUES (?, ?)", label.value(), task);
            }
        }
    }
}
