package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The choice of a Postgres for the tests. */
final class EngineTest {

    private static final int CONTAINER = 1;
    private static final int PROCESS = 2;

    private static int chosen(Optional<String> asked, boolean engine) {
        return Engine.start(asked, () -> engine, () -> CONTAINER, () -> PROCESS);
    }

    @Test
    void a_container_is_taken_where_an_engine_runs_and_a_process_elsewhere() {
        assertEquals(CONTAINER, chosen(Optional.empty(), true));
        assertEquals(PROCESS, chosen(Optional.empty(), false));
    }

    @Test
    void what_is_asked_for_is_taken_whatever_runs() {
        assertEquals(PROCESS, chosen(Optional.of("process"), true));
        assertEquals(CONTAINER, chosen(Optional.of("container"), false));
    }

    @Test
    void another_word_is_refused() {
        String told =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> chosen(Optional.of("docker"), true))
                        .getMessage();
        assertEquals("ROCKET_TEST_POSTGRES must be container or process: docker", told);
    }

    @Test
    void no_postgres_at_all_is_a_failure_that_says_in_one_line_how_to_get_one() {
        IOException why = new IOException("no binaries");
        IllegalStateException told =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                Engine.start(
                                        Optional.empty(),
                                        () -> false,
                                        () -> CONTAINER,
                                        () -> {
                                            throw why;
                                        }));
        assertSame(why, told.getCause());
        assertEquals(Engine.NONE, told.getMessage());
        assertEquals(1, Engine.NONE.lines().count());
    }

    @Test
    void the_chosen_one_answers() throws Exception {
        try (var connection = Server.connect(Server.fresh())) {
            assertEquals(1, new Statements(connection).number("SELECT 1"));
        }
    }
}
