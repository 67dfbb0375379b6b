package dev.rocket.sqlite.example;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Due;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.sqlite.SqliteConfig;
import dev.rocket.sqlite.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** A program that keeps its tasks in Rocket, without a server. */
final class EmbeddingExample {

    private EmbeddingExample() {}

    /** Runs the example on the file that the first word names. */
    public static void main(String[] words) throws InterruptedException {
        run(Path.of(words[0]));
    }

    private static void run(Path file) throws InterruptedException {
        // README: begin
        try (Store store = SqliteStore.open(SqliteConfig.at(file), Meter.NONE)) {
            var rocket =
                    UseCases.over(store, InstantSource.system(), new SecureRandom(), Meter.NONE);
            var caller = Caller.system("my-program");

            // Write: each call is durable when it returns.
            var title = new TaskEdit.Title("Water the plants");
            var due = new TaskEdit.DueOn(Optional.of(new Due.Day(LocalDate.of(2031, 5, 1))));
            var task = (Task) rocket.tasks().create(caller, TaskEdit.of(title, due)).image();
            var done = TaskEdit.of(new TaskEdit.State(Status.DONE));
            rocket.tasks().edit(caller, task.id(), Optional.of(task.revision()), done);

            // Read: a page of tasks, the soonest first.
            var page = new Listing.Tasks(TaskFilter.ANY, TaskOrder.DUE, Cursor.START, 50);
            for (Task found : rocket.find().page(caller, page).items()) {
                System.out.println(found.title() + ": " + found.status());
            }

            // Follow the feed from its start, until it is silent for a second.
            Seq seen = Seq.START;
            while (rocket.feed().await(seen, Duration.ofSeconds(1))) {
                var stretch = rocket.feed().after(caller, seen, 100);
                stretch.changes().forEach(change -> System.out.println(change.cause()));
                seen = stretch.upTo();
            }
        }
        // README: end
    }
}
