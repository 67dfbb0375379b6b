package dev.rocket.core.operation;

import java.time.Duration;

/** Times in words for people. */
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
}
