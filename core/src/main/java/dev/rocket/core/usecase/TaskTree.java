package dev.rocket.core.usecase;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.port.Snapshot;
import java.util.Optional;

/** The checks that keep a task's links leading somewhere and its tree a tree. */
final class TaskTree {

    private TaskTree() {}

    /** Refuses links that are new in {@code after} and do not hold; looks up nothing else. */
    static void check(Snapshot snapshot, Task after, Optional<Task> before) {
        Links was = before.map(Task::links).orElse(Links.NONE);
        Links is = after.links();
        if (was.equals(is)) {
            return;
        }
        if (!was.project().equals(is.project())) {
            is.project().ifPresent(id -> exists(snapshot, "project", id));
        }
        if (!was.assignee().equals(is.assignee())) {
            is.assignee().ifPresent(id -> exists(snapshot, "assignee", id));
        }
        is.labels().stream()
                .filter(id -> !was.labels().contains(id))
                .forEach(id -> exists(snapshot, "labels", id));
        if (!was.parent().equals(is.parent()) && is.parent().isPresent()) {
            int above = depthOf(snapshot, is.parent().get(), after.id());
            int below = before.isEmpty() ? 1 : heightOf(snapshot, after.id(), Limits.DEPTH - above);
            if (above + below > Limits.DEPTH) {
                throw Refused.invalid("parent", "would nest deeper than " + Limits.DEPTH);
            }
        }
    }

    private static void exists(Snapshot snapshot, String path, Image.Id<?> id) {
        if (snapshot.find(id).isEmpty()) {
            throw Refused.invalid(path, "names no " + id.kind().wire() + ": " + id.text());
        }
    }

    private static int depthOf(Snapshot snapshot, Task.Id parent, Task.Id moved) {
        int depth = 0;
        Optional<Task.Id> next = Optional.of(parent);
        while (next.isPresent()) {
            Task.Id id = next.get();
            if (id.equals(moved)) {
                throw Refused.invalid("parent", "would make the task a part of itself");
            }
            if (++depth > Limits.DEPTH) {
                return depth;
            }
            Task task =
                    snapshot.find(id)
                            .orElseThrow(
                                    () -> Refused.invalid("parent", "names no task: " + id.text()));
            next = task.links().parent();
        }
        return depth;
    }

    private static int heightOf(Snapshot snapshot, Task.Id id, int enough) {
        if (enough <= 0) {
            return 1;
        }
        TaskFilter children = TaskFilter.mentioning(id);
        Listing<Task> listing =
                new Listing.Tasks(children, TaskOrder.POSITION, Cursor.START, Limits.PAGE);
        int height = 0;
        for (Task child : Expected.every(snapshot, listing)) {
            height = Math.max(height, heightOf(snapshot, child.id(), enough - 1));
        }
        return height + 1;
    }
}
