package dev.rocket.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;

    private final Pace pace = new Pace(Duration.ofMillis(2), Duration.ofMillis(16));

    @Test
    void beginsWithTheShortestDistance() {
        assertThat(pace.nanos()).isEqualTo(2 * MILLI);
    }

    @Test
    void growsWithWhatAnAnswerTakesAndEndsAtEightTimesThat() {
        pace.took(MILLI);
        assertThat(pace.nanos()).isEqualTo(5 * MILLI);
        for (int i = 0; i < 60; i++) {
            pace.took(MILLI);
        }
        assertThat(pace.nanos()).isBetween(8 * MILLI - 1, 8 * MILLI);
    }

    @Test
    void staysWithinItsBounds() {
        pace.took(Long.MAX_VALUE);
        assertThat(pace.nanos()).isEqualTo(16 * MILLI);
        for (int i = 0; i < 60; i++) {
            pace.took(0);
        }
        assertThat(pace.nanos()).isEqualTo(2 * MILLI);
    }
}
