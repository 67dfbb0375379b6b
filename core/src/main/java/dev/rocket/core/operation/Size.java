package dev.rocket.core.operation;

import java.util.Locale;

/** A number of bytes, told to people. */
public final class Size {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

    private Size() {}

    /** A number with its unit, such as {@code 512 B} or {@code 1.5 GiB}. */
    public static String print(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
