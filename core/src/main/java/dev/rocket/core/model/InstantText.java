package dev.rocket.core.model;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Instants as RFC 3339 text with milliseconds, {@code 2026-03-29T07:30:00.000Z}.
 *
 * <p>Lists print and read thousands a second, so the common form has its own short way; its
 * calendar arithmetic counts days of the proleptic Gregorian calendar from 1 March of year 0.
 */
public final class InstantText {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final int LENGTH = 24;

    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_DAY = 719_468;

    /** Days in 400 years. */
    private static final int ERA_DAYS = 146_097;

    private InstantText() {}

    /** Appends an instant. */
    static void print(StringBuilder out, Instant instant) {
        long millis = instant.toEpochMilli();
        long day = Math.floorDiv(millis, DAY_MILLIS);
        int rest = (int) Math.floorMod(millis, DAY_MILLIS);
        long shifted = day + EPOCH_DAY;
        int era = (int) Math.floorDiv(shifted, (long) ERA_DAYS);
        int ofEra = (int) (shifted - (long) era * ERA_DAYS);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * ofYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        if (year < 0 || year > 9999) {
            throw new DateTimeException("the year " + year + " is out of range");
        }
        digits(out, year, 4).append('-');
        digits(out, month, 2).append('-');
        digits(out, ofYear - (153 * marchMonth + 2) / 5 + 1, 2).append('T');
        digits(out, rest / 3_600_000, 2).append(':');
        digits(out, rest / 60_000 % 60, 2).append(':');
        digits(out, rest / 1000 % 60, 2).append('.');
        digits(out, rest % 1000, 3).append('Z');
    }

    /** The text of an instant between the years 0 and 9999. */
    public static String print(Instant instant) {
        StringBuilder out = new StringBuilder(LENGTH);
        print(out, instant);
        return out.toString();
    }

    /**
     * The instant in an RFC 3339 text, cut to milliseconds.
     *
     * @throws DateTimeException when it is none
     */
    public static Instant parse(String text) {
        if (text.length() != LENGTH || text.charAt(23) != 'Z' || text.charAt(19) != '.') {
            return java.time.OffsetDateTime.parse(text).toInstant();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        boolean common = month >= 1 && month <= 12 && day >= 1 && day <= 28;
        if (!common || number(text, 11, 13) > 23 || number(text, 17, 19) > 59) {
            return Instant.parse(text);
        }
        int marchYear = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear;
        long days = (long) era * ERA_DAYS + ofEra - EPOCH_DAY;
        long seconds =
                days * 86_400
                        + number(text, 11, 13) * 3600L
                        + number(text, 14, 16) * 60L
                        + number(text, 17, 19);
        return Instant.ofEpochMilli(seconds * 1000 + number(text, 20, 23));
    }

    private static StringBuilder digits(StringBuilder out, int number, int width) {
        for (int unit = width == 4 ? 1000 : width == 3 ? 100 : 10; unit > 0; unit /= 10) {
            out.append((char) ('0' + number / unit % 10));
        }
        return out;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not an instant: " + text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
