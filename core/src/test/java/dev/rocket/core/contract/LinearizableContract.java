package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Operation.Answer;
import dev.rocket.core.contract.Operation.Outcome;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What many callers see could have happened one by one.
 *
 * <p>Goal: each task behaves as one register, in an order that agrees with real time, and tasks
 * that are written together are seen together. Method: threads make random calls on few tasks and
 * note when each began and ended; {@link Linearizer} looks for an order that explains the answers.
 * {@code -Drocket.histories=n} runs n histories instead of {@value #SHORT}.
 */
public abstract class LinearizableContract extends Contract {

    private static final int SHORT = 5;
    private static final int THREADS = 6;
    private static final int CALLS = 60;
    private static final int TASKS = 3;

    @Test
    void random_histories_are_linearizable() throws Exception {
        long seed = seed("random_histories_are_linearizable");
        int histories = Integer.getInteger("rocket.histories", SHORT);
        for (int i = 0; i < histories; i++) {
            history(seed + i);
        }
    }

    private void history(long seed) throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(task("register " + i));
        }
        Map<Task.Id, List<Operation>> histories = new HashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<Task.Id, List<Operation>>>> parts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed * 31 + i);
                parts.add(threads.submit(() -> calls(random, tasks)));
            }
            for (Future<Map<Task.Id, List<Operation>>> part : parts) {
                part.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .forEach(
                                (id, some) ->
                                        histories
                                                .computeIfAbsent(id, key -> new ArrayList<>())
                                                .addAll(some));
            }
        } finally {
            threads.shutdownNow();
        }
        histories.forEach(
                (id, operations) ->
                        assertTrue(
                                new Linearizer(operations).explains(),
                                () -> "seed " + seed + ", no order explains " + operations));
    }

    private Map<Task.Id, List<Operation>> calls(Random random, List<Task> tasks) {
        Map<Task.Id, List<Operation>> made = new HashMap<>();
        Map<Task.Id, Long> seen = new HashMap<>();
        for (int i = 0; i < CALLS; i++) {
            Task task = tasks.get(random.nextInt(tasks.size()));
            Operation.Kind kind = kind(random);
            long expected = kind == Operation.Kind.EDIT ? seen.getOrDefault(task.id(), 1L) : 0;
            String text = "by " + Thread.currentThread().threadId() + ", " + i;
            long invoked = System.nanoTime();
            Answer answer = call(kind, task, expected, text);
            long answered = System.nanoTime();
            seen.put(task.id(), Math.max(1, answer.revision()));
            made.computeIfAbsent(task.id(), key -> new ArrayList<>())
                    .add(new Operation(kind, text, expected, answer, invoked, answered));
        }
        return made;
    }

    private static Operation.Kind kind(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> Operation.Kind.READ;
            case 3, 4, 5 -> Operation.Kind.EDIT;
            case 6, 7 -> Operation.Kind.BLIND_EDIT;
            case 8 -> Operation.Kind.CREATE;
            default -> Operation.Kind.DELETE;
        };
    }

    private Answer call(Operation.Kind kind, Task task, long expected, String text) {
        try {
            return switch (kind) {
                case READ -> read(s -> look(s, task));
                case CREATE -> write(tx -> create(tx, task, text));
                case EDIT -> write(tx -> edit(tx, task, expected, text));
                case BLIND_EDIT -> write(tx -> edit(tx, task, 0, text));
                case DELETE -> write(tx -> delete(tx, task));
            };
        } catch (Refused refused) {
            return switch (refused.refusal()) {
                case Refusal.Stale no -> new Answer(Outcome.STALE, no.current().value(), "");
                case Refusal.NotFound no -> new Answer(Outcome.MISSING, 0, "");
                case Refusal.Exists no -> new Answer(Outcome.EXISTS, 0, "");
                default -> throw refused;
            };
        }
    }

    private static Answer look(Snapshot snapshot, Task task) {
        Task found = found(snapshot, task);
        return new Answer(Outcome.DONE, found.revision().value(), found.title());
    }

    private static Task found(Snapshot snapshot, Task task) {
        return snapshot.find(task.id()).orElseThrow(() -> Refused.notFound(task.id()));
    }

    private static Answer create(Transaction tx, Task task, String text) {
        if (tx.find(task.id()).isPresent()) {
            throw new Refused(new Refusal.Exists(task.id()));
        }
        Seq last = tx.lastChange(task.id());
        Revision revision = Revision.FIRST;
        if (!last.equals(Seq.START)) {
            Change deletion = tx.changes(new Seq(last.value() - 1), 1).get(0);
            revision = deletion.image().revision().next();
        }
        TaskEdit title = TaskEdit.of(new TaskEdit.Title(text));
        return applied(tx, task.with(title, revision, task.stamp()));
    }

    private static Answer edit(Transaction tx, Task task, long expected, String text) {
        if (expected == 0) {
            return applied(tx, retitled(found(tx, task), text));
        }
        Task found = found(tx, task);
        return applied(tx, retitled(at(found, expected), text));
    }

    private static Answer delete(Transaction tx, Task task) {
        return applied(tx, gone(found(tx, task)));
    }

    private static Answer applied(Transaction tx, Image image) {
        Change change = tx.apply(draft(image));
        return new Answer(Outcome.DONE, change.image().revision().value(), "");
    }

    @Test
    void tasks_written_together_are_seen_together() throws Exception {
        Task one = task("0");
        Task two = task("0");
        put(one, two);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                boolean writer = i % 2 == 0;
                all.add(threads.submit(() -> writer ? raise(one, two) : compare(one, two)));
            }
            int raised = 0;
            for (Future<Integer> each : all) {
                raised += each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            int total = raised;
            String title = read(s -> found(s, one).title());
            assertEquals(Integer.toString(total), title);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Adds one to both, again and again; how often. */
    private int raise(Task one, Task two) {
        for (int i = 0; i < CALLS; i++) {
            write(
                    tx -> {
                        for (Task task : List.of(one, two)) {
                            Task found = found(tx, task);
                            String more = Integer.toString(Integer.parseInt(found.title()) + 1);
                            tx.apply(draft(retitled(found, more)));
                        }
                        return 0;
                    });
        }
        return CALLS;
    }

    private int compare(Task one, Task two) {
        for (int i = 0; i < CALLS; i++) {
            Optional<String> difference =
                    read(
                            s -> {
                                String first = found(s, one).title();
                                String second = found(s, two).title();
                                return first.equals(second)
                                        ? Optional.empty()
                                        : Optional.of(first + " is not " + second);
                            });
            assertEquals(Optional.empty(), difference);
        }
        return 0;
    }
}
