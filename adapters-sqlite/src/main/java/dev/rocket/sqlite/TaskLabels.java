package dev.rocket.sqlite;

import dev.rocket.core.model.Label;
import java.util.Set;

/** The index from labels to tasks. */
final class TaskLabels {

    private TaskLabels() {}

    /** Takes out the labels that a task no longer has, and puts in those that it has now. */
    static void change(TaskColumns.Run run, long row, Set<Label.Id> before, Set<Label.Id> after) {
        for (Label.Id label : before) {
            if (!after.contains(label)) {
                byte[] bytes = Statements.bytes(label.value());
                run.write("DELETE FROM task_label WHERE label = ? AND task = ?", bytes, row);
            }
        }
        for (Label.Id label : after) {
            if (!before.contains(label)) {
                byte[] bytes = Statements.bytes(label.value());
                run.write("INSERT INTO task_label (label, task) VALUES (?, ?)", bytes, row);
            }
        }
    }
}
