package dev.rocket.core.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A point in a calendar, of one of three kinds.
 *
 * <p>Source: the text form is RFC 9557 for an instant in a zone, ISO 8601 for the other two.
 */
public sealed interface Due {

    /** The latest year that is kept; four digits keep text order equal to time order. */
    int MAX_YEAR = 9999;

    /** A whole calendar day, wherever one is. */
    record Day(LocalDate date) implements Due {
        /** Refuses years outside 1 to 9999. */
        public Day {
            bounded(date.getYear());
        }

        @Override
        public String sortKey() {
            return date.toString();
        }

        @Override
        public String print() {
            return date.toString();
        }
    }

    /** A wall-clock time, wherever one is; whole seconds. */
    record Local(LocalDateTime dateTime) implements Due {
        /** Cuts to seconds; refuses years outside 1 to 9999. */
        public Local {
            dateTime = dateTime.truncatedTo(ChronoUnit.SECONDS);
            bounded(dateTime.getYear());
        }

        @Override
        public String sortKey() {
            return DueText.print(dateTime);
        }

        @Override
        public String print() {
            return DueText.print(dateTime);
        }
    }

    /** An instant, kept with the zone that it was meant in. */
    record Zoned(ZonedDateTime dateTime) implements Due {
        /** Cuts to seconds; refuses years outside 1 to 9999. */
        public Zoned {
            dateTime = dateTime.truncatedTo(ChronoUnit.SECONDS);
            bounded(dateTime.getYear());
        }

        @Override
        public String sortKey() {
            return DueText.print(dateTime.toLocalDateTime());
        }

        @Override
        public String print() {
            return DueText.print(dateTime);
        }
    }

    /**
     * The wall-clock text that orders all three kinds: by its own calendar, a day before its times.
     */
    String sortKey();

    /** The text that {@link #parse} reads back. */
    String print();

    /**
     * The due date in a text: {@code 2026-03-29}, {@code 2026-03-29T09:30:00} or {@code
     * 2026-03-29T09:30:00+02:00[Europe/Berlin]}; the bracketed zone may be missing.
     *
     * @throws Refused with {@link Refusal.Invalid} on {@code path}, also when the zone does not
     *     allow the offset at that time
     */
    static Due parse(String path, String text) {
        try {
            return DueText.parse(text);
        } catch (DateTimeException e) {
            throw Refused.invalid(
                    path,
                    "must be a day (2026-03-29), a local time (2026-03-29T09:30:00) or a time in a"
                            + " zone (2026-03-29T09:30:00+02:00[Europe/Berlin])");
        }
    }

    private static void bounded(int year) {
        if (year < 1 || year > MAX_YEAR) {
            throw new DateTimeException("the year " + year + " is out of range");
        }
    }
}
