package dev.rocket.core.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.port.Meter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages of long texts are cut, and lose nothing by it. */
class LongPagesTest {

    private static final Caller CALLER = Caller.system("test");

    private final MemoryStore store = new MemoryStore();
    private final UseCases rocket =
            UseCases.over(store, InstantSource.system(), new Random(1), Meter.NONE);

    @AfterEach
    void close() {
        store.close();
    }

    private List<Task> create(int count, int chars) {
        String notes = "n".repeat(chars);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TaskEdit fields = TaskEdit.of(new TaskEdit.Title("t" + i), new TaskEdit.Notes(notes));
            tasks.add((Task) rocket.tasks().create(CALLER, fields).image());
        }
        return tasks;
    }

    @Test
    void a_list_of_long_tasks_comes_in_pages_of_a_bounded_length() {
        for (TaskOrder order : TaskOrder.values()) {
            List<Task> expected = create(3, Limits.NOTES_CHARS);
            List<Task> found = new ArrayList<>();
            Optional<Cursor> next = Optional.of(Cursor.START);
            while (next.isPresent()) {
                Listing.Tasks page = new Listing.Tasks(TaskFilter.ANY, order, next.get(), 200);
                Printed printed = rocket.find().printed(CALLER, page);
                assertTrue(printed.items().length() <= Limits.PAGE_CHARS, order.wire());
                found.addAll(printed.parse().items());
                next = printed.next();
            }
            assertTrue(found.containsAll(expected), order.wire());
            assertEquals(store.head().value(), found.size(), order.wire());
            assertEquals(found.stream().sorted(order.comparator()).toList(), found);
        }
    }

    @Test
    void a_stretch_of_long_changes_has_a_bounded_length() {
        create(25, Limits.NOTES_CHARS);
        create(100, 1);
        List<Long> seen = new ArrayList<>();
        Seq at = Seq.START;
        boolean more = true;
        while (more) {
            FollowChanges.Stretch stretch = rocket.feed().after(CALLER, at, Limits.CHANGES_PAGE);
            int chars =
                    stretch.changes().stream()
                            .mapToInt(change -> ((Task) change.image()).notes().length())
                            .sum();
            assertTrue(chars <= Limits.PAGE_CHARS, chars + " characters");
            stretch.changes().forEach(change -> seen.add(change.seq().value()));
            at = stretch.upTo();
            more = stretch.more();
        }
        assertEquals(java.util.stream.LongStream.rangeClosed(1, 125).boxed().toList(), seen);
    }
}
