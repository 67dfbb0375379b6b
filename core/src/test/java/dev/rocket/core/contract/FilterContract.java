package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Due;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Lists of tasks are what the filter matches, in order.
 *
 * <p>{@link TaskFilter#matches} and {@link TaskOrder#comparator} are the oracle. All pages together
 * are the list, whatever their size. While tasks change, a walk through the pages goes on in the
 * order, never back, and meets each task that did not change exactly once.
 */
public abstract class FilterContract extends Contract {

    private static final int TASKS = 200;
    private static final int QUESTIONS = 250;

    @Test
    void an_empty_list_is_one_page_without_a_next() {
        for (TaskOrder order : TaskOrder.values()) {
            assertEquals(List.of(), all(TaskFilter.ANY, order, 10));
        }
    }

    @Test
    void pages_of_random_questions_together_equal_the_oracle() {
        long seed = seed("pages_of_random_questions_together_equal_the_oracle");
        Random random = new Random(seed);
        Samples samples = new Samples(random);
        Map<Task.Id, Task> tasks = fill(random, samples);
        for (int i = 0; i < QUESTIONS; i++) {
            TaskFilter filter = filter(random, samples, List.copyOf(tasks.values()));
            TaskOrder order = samples.pick(List.of(TaskOrder.values()));
            int limit = samples.pick(List.of(1, 2, 7, 50, Limits.PAGE));
            List<Task> expected =
                    tasks.values().stream()
                            .filter(filter::matches)
                            .sorted(order.comparator())
                            .toList();
            assertEquals(
                    names(expected),
                    names(all(filter, order, limit)),
                    () -> "seed " + seed + ", " + order + " by " + limit + " of " + filter);
        }
    }

    /** Random tasks, some of them edited, deleted or under others, as the store holds them. */
    private Map<Task.Id, Task> fill(Random random, Samples samples) {
        Map<Task.Id, Task> tasks = new LinkedHashMap<>();
        List<Task.Id> ids = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Optional<Task.Id> parent =
                    ids.isEmpty() || random.nextInt(3) > 0
                            ? Optional.empty()
                            : Optional.of(ids.get(random.nextInt(Math.min(5, ids.size()))));
            Task task = samples.task(parent);
            ids.add(task.id());
            tasks.put(task.id(), task);
        }
        put(tasks.values().toArray(Image[]::new));
        for (Task.Id id : ids) {
            Task task = tasks.getOrDefault(id, samples.task(Optional.empty()));
            if (random.nextInt(5) == 0) {
                put(gone(task));
                tasks.remove(id);
            } else if (random.nextInt(3) == 0) {
                Task edited = task.edit(edit(random, samples), samples.instant());
                put(edited);
                tasks.put(id, edited);
            }
        }
        return tasks;
    }

    private static TaskEdit edit(Random random, Samples samples) {
        List<TaskEdit.Part> parts =
                List.of(
                        new TaskEdit.Title(samples.words(2)),
                        new TaskEdit.Notes(samples.words(3)),
                        new TaskEdit.State(samples.pick(List.of(Status.values()))),
                        new TaskEdit.Urgency(samples.pick(List.of(Priority.values()))),
                        new TaskEdit.DueOn(samples.due()),
                        new TaskEdit.InProject(samples.project()),
                        new TaskEdit.Labels(samples.task(Optional.empty()).links().labels()),
                        new TaskEdit.Under(Optional.empty()),
                        new TaskEdit.At(new Position(samples.pick(List.of("0A", "V", "z")))));
        return TaskEdit.of(samples.pick(parts), parts.get(random.nextInt(parts.size())));
    }

    private static TaskFilter filter(Random random, Samples samples, List<Task> tasks) {
        TaskFilter filter = TaskFilter.ANY;
        if (random.nextInt(3) == 0) {
            Set<Status> statuses = new HashSet<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                statuses.add(samples.pick(List.of(Status.values())));
            }
            filter = filter.withStatuses(statuses);
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withWords(words(random, samples));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withDue(new TaskFilter.DueRange(bound(samples), bound(samples)));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.withUpdatedSince(Optional.of(samples.instant()));
        }
        return filter.withLinks(mentions(random, samples, tasks));
    }

    private static Words words(Random random, Samples samples) {
        String text = samples.words(1 + random.nextInt(2));
        if (random.nextInt(3) == 0) {
            int length = text.codePointCount(0, text.length());
            int kept = 1 + random.nextInt(length);
            text = text.substring(0, text.offsetByCodePoints(0, kept)) + "*";
        }
        return Words.parse(text);
    }

    private static Optional<String> bound(Samples samples) {
        return samples.due().map(Due::sortKey);
    }

    private static TaskFilter.Mentions mentions(Random random, Samples samples, List<Task> tasks) {
        Optional<Task.Id> parent =
                random.nextInt(6) == 0 ? samples.pick(tasks).links().parent() : Optional.empty();
        return switch (random.nextInt(6)) {
            case 0 ->
                    new TaskFilter.Mentions(
                            samples.project(), Optional.empty(), Optional.empty(), parent);
            case 1 ->
                    new TaskFilter.Mentions(
                            Optional.empty(), samples.label(), Optional.empty(), parent);
            case 2 ->
                    new TaskFilter.Mentions(
                            samples.project(), samples.label(), samples.member(), parent);
            case 3 ->
                    new TaskFilter.Mentions(
                            Optional.empty(), Optional.empty(), samples.member(), parent);
            default ->
                    new TaskFilter.Mentions(
                            Optional.empty(), Optional.empty(), Optional.empty(), parent);
        };
    }

    @Test
    void a_cursor_of_a_task_that_is_gone_still_tells_where_to_go_on() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(task("task " + i));
        }
        put(tasks.toArray(Image[]::new));
        Page<Task> first = page(TaskFilter.ANY, TaskOrder.POSITION, Cursor.START, 2);
        put(gone(tasks.get(1)));
        Cursor next = first.next().orElseThrow();
        Page<Task> second = page(TaskFilter.ANY, TaskOrder.POSITION, next, 2);
        assertEquals(tasks.subList(2, 4), second.items());
        assertEquals(Optional.empty(), second.next());
    }

    @Test
    void a_walk_through_pages_never_goes_back_while_tasks_change() {
        long seed = seed("a_walk_through_pages_never_goes_back_while_tasks_change");
        Random random = new Random(seed);
        Samples samples = new Samples(random);
        Map<Task.Id, Task> tasks = fill(random, samples);
        for (TaskOrder order : TaskOrder.values()) {
            walk(order, random, samples, tasks, "seed " + seed + " " + order);
        }
    }

    private void walk(
            TaskOrder order,
            Random random,
            Samples samples,
            Map<Task.Id, Task> tasks,
            String message) {
        Map<Task.Id, Task> untouched = new LinkedHashMap<>(tasks);
        List<Task> seen = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Page<Task> page = page(TaskFilter.ANY, order, next.get(), 9);
            seen.addAll(page.items());
            next = page.next();
            for (int i = 0; i < 3; i++) {
                untouched.remove(disturb(random, samples, tasks));
            }
        }
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(order.comparator().compare(seen.get(i - 1), seen.get(i)) < 0, message);
        }
        Set<Task> met = new HashSet<>(seen);
        assertTrue(met.containsAll(untouched.values()), message);
    }

    /** Edits, deletes or adds a task; its id. */
    private Task.Id disturb(Random random, Samples samples, Map<Task.Id, Task> tasks) {
        Task task = samples.pick(List.copyOf(tasks.values()));
        int dice = random.nextInt(4);
        if (dice == 0) {
            put(gone(task));
            tasks.remove(task.id());
            return task.id();
        }
        Task next =
                dice == 1
                        ? samples.task(Optional.empty())
                        : task.edit(edit(random, samples), task.stamp().updated().plusMillis(1));
        put(next);
        tasks.put(next.id(), next);
        return next.id();
    }

    private List<Task> all(TaskFilter filter, TaskOrder order, int limit) {
        List<Task> seen = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Page<Task> page = page(filter, order, next.get(), limit);
            assertTrue(page.items().size() <= limit);
            assertFalse(page.items().isEmpty() && page.next().isPresent());
            seen.addAll(page.items());
            next = page.next();
            next.ifPresent(
                    cursor -> assertEquals(cursor, Cursor.parse(cursor.print(), order.wire())));
        }
        return seen;
    }

    private Page<Task> page(TaskFilter filter, TaskOrder order, Cursor after, int limit) {
        Listing.Tasks listing = new Listing.Tasks(filter, order, after, limit);
        Page<Task> page = read(s -> s.page(listing));
        assertEquals(Printed.of(page), read(s -> s.printed(listing)));
        return page;
    }

    private static List<String> names(List<Task> tasks) {
        return tasks.stream().map(task -> task.id().text() + " " + task.title()).toList();
    }
}
