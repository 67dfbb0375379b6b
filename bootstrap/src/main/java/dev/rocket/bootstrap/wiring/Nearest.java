package dev.rocket.bootstrap.wiring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** The setting whose name is the least mistyped. */
final class Nearest {

    private static final String PREFIX = "ROCKET_";

    private Nearest() {}

    /** The known name at the smallest edit distance, whatever the case and the prefix. */
    static String to(String name) {
        String bare = bare(name);
        return Arrays.stream(Setting.values())
                .map(Setting::key)
                .min(Comparator.comparingInt(key -> distance(bare, bare(key))))
                .orElseThrow();
    }

    /** One name has no prefix, and would seem far away from what is the same but for that. */
    private static String bare(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper;
    }

    /** Letters to insert, delete or replace (Levenshtein 1965), a row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
