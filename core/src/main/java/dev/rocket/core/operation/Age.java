package dev.rocket.core.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ages in words for people, and as figures. */
public final class Age {

    private Age() {}

    /** A time in its largest unit, of which it holds more than one. */
    public static String print(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    /**
     * The seconds since an instant; NaN when it is not known.
     *
     * <p>Not below zero, though a clock that went back makes what was done come from the future.
     */
    public static double seconds(Optional<Instant> since, Instant now) {
        return since.map(at -> Math.max(0, Duration.between(at, now).toMillis() / 1e3))
                .orElse(Double.NaN);
    }
}
