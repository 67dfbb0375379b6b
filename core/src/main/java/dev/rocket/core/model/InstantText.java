package dev.rocket.core.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Instants as RFC 3339 text with milliseconds, {@code 2026-03-29T07:30:00.000Z}.
 *
 * <p>Lists print and read thousands a second, so the common form has its own short way; its
 * calendar arithmetic counts days of the proleptic Gregorian calendar from 1 March of year 0.
 */
public final class InstantText {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final String FORM = "0000-00-00T00:00:00.000Z";
    private static final long MIN_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long MAX_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_DAY = 719_468;

    /** Days in 400 years. */
    private static final int ERA_DAYS = 146_097;

    private InstantText() {}

    /** Appends an instant. */
    static void print(StringBuilder out, Instant instant) {
        out.append(chars(boundedMillis(instant)));
    }

    /**
     * The text of an instant, cut to milliseconds.
     *
     * @throws DateTimeException outside the years 0 to 9999
     */
    public static String print(Instant instant) {
        return new String(chars(boundedMillis(instant)));
    }

    private static char[] chars(long millis) {
        int rest = (int) Math.floorMod(millis, DAY_MILLIS);
        long shifted = Math.floorDiv(millis, DAY_MILLIS) + EPOCH_DAY;
        int era = (int) Math.floorDiv(shifted, (long) ERA_DAYS);
        int ofEra = (int) (shifted - (long) era * ERA_DAYS);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * ofYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        char[] out = FORM.toCharArray();
        digits(out, 0, 4, yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        digits(out, 5, 7, month);
        digits(out, 8, 10, ofYear - (153 * marchMonth + 2) / 5 + 1);
        digits(out, 11, 13, rest / 3_600_000);
        digits(out, 14, 16, rest / 60_000 % 60);
        digits(out, 17, 19, rest / 1000 % 60);
        digits(out, 20, 23, rest % 1000);
        return out;
    }

    /**
     * The instant in an RFC 3339 text, cut to milliseconds.
     *
     * @throws DateTimeException when it is none, or outside the years 0 to 9999
     */
    public static Instant parse(String text) {
        if (!isCommon(text)) {
            return Instant.ofEpochMilli(boundedMillis(OffsetDateTime.parse(text).toInstant()));
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean plain = month >= 1 && month <= 12 && day >= 1 && day <= 28;
        if (!plain || hour > 23 || minute > 59 || second > 59) {
            return Instant.ofEpochMilli(boundedMillis(Instant.parse(text)));
        }
        int marchYear = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear;
        long days = (long) era * ERA_DAYS + ofEra - EPOCH_DAY;
        long seconds = days * 86_400 + hour * 3600L + minute * 60L + second;
        return Instant.ofEpochMilli(seconds * 1000 + number(text, 20, 23));
    }

    private static boolean isCommon(String text) {
        return text.length() == FORM.length()
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == '.'
                && text.charAt(23) == 'Z';
    }

    private static long boundedMillis(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < MIN_SECOND || second > MAX_SECOND) {
            throw new DateTimeException("out of the years 0 to 9999: " + instant);
        }
        return instant.toEpochMilli();
    }

    private static void digits(char[] out, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
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
