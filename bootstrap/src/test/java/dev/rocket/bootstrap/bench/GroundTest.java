package dev.rocket.bootstrap.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroundTest {

    private static final Benchmark.Size TINY = new Benchmark.Size(1, 1, 1, 0, 0, 0, 0);

    /** Remembers its schemas; no server comes up on it. */
    private static final class Barren implements Ground {

        private final List<String> made = new ArrayList<>();
        private final List<String> dropped = new ArrayList<>();

        @Override
        public String fresh() {
            made.add("schema_" + made.size());
            return made.getLast();
        }

        @Override
        public Map<String, String> settings(String schema) {
            return Map.of("ROCKET_POOL", "none");
        }

        @Override
        public void drop(String schema) {
            dropped.add(schema);
        }
    }

    @Test
    void a_schema_is_dropped_also_when_its_server_does_not_come_up() {
        Barren ground = new Barren();
        Benchmark benchmark = new Benchmark(TINY, line -> {});
        IOException told = assertThrows(IOException.class, () -> benchmark.run(ground));
        assertTrue(String.valueOf(told.getMessage()).contains("ROCKET_POOL"), told.getMessage());
        assertEquals(List.of("schema_0"), ground.made);
        assertEquals(ground.made, ground.dropped);
    }

    @Test
    void a_schema_is_dropped_also_when_a_server_to_move_does_not_come_up() {
        Barren ground = new Barren();
        Benchmark benchmark = new Benchmark(TINY, line -> {});
        IOException told = assertThrows(IOException.class, () -> benchmark.run(ground, 1));
        assertTrue(String.valueOf(told.getMessage()).contains("ROCKET_POOL"), told.getMessage());
        assertEquals(List.of("schema_0"), ground.made);
        assertEquals(ground.made, ground.dropped);
    }
}
