package dev.rocket.postgres;

import dev.rocket.core.model.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The index from labels to tasks. */
final class TaskLabels {

    private TaskLabels() {}

    /** Takes out the labels that a task no longer has, and puts in those that it has now. */
    static List<Appended.Part> change(UUID task, Set<Label.Id> before, Set<Label.Id> after) {
        List<Appended.Part> parts = new ArrayList<>();
        UUID[] out = without(before, after);
        if (out.length > 0) {
            parts.add(
                    Appended.Part.of(
                            "DELETE FROM task_label WHERE label = ANY (?) AND task = ?",
                            out,
                            task));
        }
        UUID[] in = without(after, before);
        if (in.length > 0) {
            parts.add(
                    Appended.Part.of(
                            "INSERT INTO task_label (label, task) SELECT label, ?"
                                    + " FROM unnest(?) AS label ON CONFLICT DO NOTHING",
                            task,
                            in));
        }
        return parts;
    }

    private static UUID[] without(Set<Label.Id> some, Set<Label.Id> others) {
        return some.stream()
                .filter(label -> !others.contains(label))
                .map(Label.Id::value)
                .toArray(UUID[]::new);
    }
}
