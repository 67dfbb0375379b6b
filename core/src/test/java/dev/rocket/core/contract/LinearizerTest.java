package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.Operation.Answer;
import dev.rocket.core.contract.Operation.Kind;
import dev.rocket.core.contract.Operation.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinearizerTest {

    private static Operation call(Kind kind, String text, Answer answer, long from, long to) {
        return new Operation(kind, text, 0, answer, from, to);
    }

    private static Operation create(String text, long from, long to) {
        return call(Kind.CREATE, text, new Answer(Outcome.DONE, 1, ""), from, to);
    }

    private static Operation read(long revision, String text, long from, long to) {
        return call(Kind.READ, "", new Answer(Outcome.DONE, revision, text), from, to);
    }

    private static Operation missing(long from, long to) {
        return call(Kind.READ, "", new Answer(Outcome.MISSING, 0, ""), from, to);
    }

    private static Operation edit(String text, long revision, long from, long to) {
        return call(Kind.BLIND_EDIT, text, new Answer(Outcome.DONE, revision, ""), from, to);
    }

    private static boolean explains(Operation... history) {
        return new Linearizer(List.of(history)).explains();
    }

    @Test
    void calls_one_after_the_other_are_explained() {
        assertTrue(explains(missing(0, 1), create("a", 2, 3), read(1, "a", 4, 5)));
    }

    @Test
    void overlapping_calls_are_explained_in_either_order() {
        assertTrue(explains(create("a", 0, 10), missing(1, 2), read(1, "a", 3, 4)));
        assertTrue(explains(create("a", 0, 1), edit("b", 3, 2, 9), edit("c", 2, 3, 8)));
    }

    @Test
    void a_read_of_what_was_not_yet_written_is_caught() {
        assertFalse(explains(read(1, "a", 0, 1), create("a", 2, 3)));
    }

    @Test
    void a_lost_update_is_caught() {
        assertFalse(explains(create("a", 0, 1), edit("b", 2, 2, 5), edit("c", 2, 3, 6)));
    }

    @Test
    void a_read_that_goes_back_in_time_is_caught() {
        Operation create = create("a", 0, 1);
        Operation edit = edit("b", 2, 2, 20);
        assertFalse(explains(create, edit, read(2, "b", 3, 4), read(1, "a", 5, 6)));
        assertTrue(explains(create, edit, read(1, "a", 3, 4), read(2, "b", 5, 6)));
    }

    @Test
    void a_stale_read_after_the_write_was_answered_is_caught() {
        assertFalse(explains(create("a", 0, 1), edit("b", 2, 2, 3), read(1, "a", 4, 5)));
    }
}
