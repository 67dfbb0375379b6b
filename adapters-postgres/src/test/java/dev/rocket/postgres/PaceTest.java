package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;
    private static final int MANY = 60;

    /** A nanosecond that halving leaves out. */
    private static final long ROUNDING = 1;

    private final Pace pace = new Pace(Duration.ofMillis(2), Duration.ofMillis(16));

    @Test
    void beginsWithTheShortestDistance() {
        assertEquals(2 * MILLI, pace.nanos());
    }

    @Test
    void growsToEightTimesWhatAnAnswerTakes() {
        pace.took(MILLI);
        assertEquals(5 * MILLI, pace.nanos());
        for (int i = 0; i < MANY; i++) {
            pace.took(MILLI);
        }
        assertEquals(8 * MILLI, pace.nanos() + ROUNDING);
    }

    @Test
    void staysWithinItsBounds() {
        for (int i = 0; i < MANY; i++) {
            pace.took(Long.MAX_VALUE);
        }
        assertEquals(16 * MILLI, pace.nanos());
        for (int i = 0; i < MANY; i++) {
            pace.took(0);
        }
        assertEquals(2 * MILLI, pace.nanos());
    }
}
