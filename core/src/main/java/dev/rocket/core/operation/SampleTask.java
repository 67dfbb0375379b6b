package dev.rocket.core.operation;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.UUID;

/** A task in a throw-away store, edited to measure it. */
public final class SampleTask {

    private final Store store;
    private Task task;

    /** Creates one; each number is another task. */
    public SampleTask(Store store, int number) {
        this.store = store;
        Task.Id id = new Task.Id(new UUID(0, number));
        this.task = Task.titled(id, "sample", Position.ofBirth(number), Instant.EPOCH);
        write();
    }

    /** Gives it another title, durably. */
    public void edit(String title) {
        task = task.edit(TaskEdit.of(new TaskEdit.Title(title)), Instant.EPOCH);
        write();
    }

    private void write() {
        Change change = Change.draft(Actor.system("scale"), "scale.measure", Instant.EPOCH, task);
        store.write(tx -> tx.apply(change));
    }
}
