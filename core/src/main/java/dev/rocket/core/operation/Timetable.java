package dev.rocket.core.operation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times that a job is appointed for.
 *
 * <p>Each is an instant that follows from the timetable and the zone alone, so whoever asks, on
 * whichever server, finds the same. A day on which the clocks are changed has its time once: one
 * that does not exist on that day is as much later as the clocks were put forward, of one that
 * comes twice the first counts.
 */
public sealed interface Timetable {

    /** Nothing is ever appointed. */
    Timetable OFF = new Off();

    /** The first appointed time after an instant; empty when none ever comes. */
    Optional<Instant> after(Instant instant, ZoneId zone);

    /** The last appointed time that is not after an instant; empty when none ever was. */
    Optional<Instant> upTo(Instant instant, ZoneId zone);

    /** The text that {@link #parse} reads. */
    String print();

    /**
     * The timetable in a text: {@code daily 03:00}, {@code sunday 03:00}, {@code monthly 03:00},
     * {@code quarterly 03:00}, {@code every 15m} or {@code off}.
     *
     * @throws IllegalArgumentException when it is none; the message says what is allowed
     */
    static Timetable parse(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words.length == 1 && words[0].equals("off")) {
            return OFF;
        }
        if (words.length == 2 && words[0].equals("every")) {
            return Every.parse(words[1]);
        }
        for (Days days : Days.values()) {
            if (words.length == 2 && words[0].equals(days.word)) {
                return new On(days, time(words[1]));
            }
        }
        throw unreadable();
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "must look like 'daily 03:00', 'sunday 03:00', 'monthly 03:00', 'quarterly 03:00'"
                        + " or 'every 15m' (s, m, h), or be off");
    }

    /** Never. */
    record Off() implements Timetable {

        @Override
        public Optional<Instant> after(Instant instant, ZoneId zone) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> upTo(Instant instant, ZoneId zone) {
            return Optional.empty();
        }

        @Override
        public String print() {
            return "off";
        }
    }

    /**
     * At the same distance from each other, whatever the calendar says.
     *
     * @param period a second or more
     */
    record Every(Duration period) implements Timetable {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(s|m|h)");

        /** Refuses a period shorter than a second with IllegalArgumentException. */
        public Every {
            if (period.toSeconds() < 1) {
                throw unreadable();
            }
            period = Duration.ofSeconds(period.toSeconds());
        }

        static Every parse(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw unreadable();
            }
            long count = Long.parseLong(parts.group(1));
            long seconds =
                    switch (parts.group(2)) {
                        case "s" -> count;
                        case "m" -> 60 * count;
                        default -> 3_600 * count;
                    };
            return new Every(Duration.ofSeconds(seconds));
        }

        @Override
        public Optional<Instant> after(Instant instant, ZoneId zone) {
            return Optional.of(at(instant).plus(period));
        }

        @Override
        public Optional<Instant> upTo(Instant instant, ZoneId zone) {
            return Optional.of(at(instant));
        }

        private Instant at(Instant instant) {
            long seconds = period.toSeconds();
            return Instant.ofEpochSecond(
                    Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
        }

        @Override
        public String print() {
            long seconds = period.toSeconds();
            return "every "
                    + (seconds % 3_600 == 0
                            ? seconds / 3_600 + "h"
                            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s");
        }
    }

    /** Which days have an appointed time. */
    enum Days {
        /** Every day. */
        DAILY,
        /** Each Monday. */
        MONDAY,
        /** Each Tuesday. */
        TUESDAY,
        /** Each Wednesday. */
        WEDNESDAY,
        /** Each Thursday. */
        THURSDAY,
        /** Each Friday. */
        FRIDAY,
        /** Each Saturday. */
        SATURDAY,
        /** Each Sunday. */
        SUNDAY,
        /** The first of each month. */
        MONTHLY,
        /** The first of January, April, July and October. */
        QUARTERLY;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** Whether that day is one of them. */
        boolean has(LocalDate day) {
            return switch (this) {
                case DAILY -> true;
                case MONTHLY -> day.getDayOfMonth() == 1;
                case QUARTERLY -> day.getDayOfMonth() == 1 && day.getMonthValue() % 3 == 1;
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY ->
                        day.getDayOfWeek() == DayOfWeek.valueOf(name());
            };
        }
    }

    /**
     * On some days, at a time of the local clock.
     *
     * @param time to the minute
     */
    record On(Days days, LocalTime time) implements Timetable {

        /** Cuts the time to whole minutes. */
        public On {
            time = LocalTime.of(time.getHour(), time.getMinute());
        }

        @Override
        public Optional<Instant> after(Instant instant, ZoneId zone) {
            LocalDate day = instant.atZone(zone).toLocalDate().minusDays(2);
            while (!days.has(day) || !at(day, zone).isAfter(instant)) {
                day = day.plusDays(1);
            }
            return Optional.of(at(day, zone));
        }

        @Override
        public Optional<Instant> upTo(Instant instant, ZoneId zone) {
            LocalDate day = instant.atZone(zone).toLocalDate().plusDays(1);
            while (!days.has(day) || at(day, zone).isAfter(instant)) {
                day = day.minusDays(1);
            }
            return Optional.of(at(day, zone));
        }

        private Instant at(LocalDate day, ZoneId zone) {
            return day.atTime(time).atZone(zone).toInstant();
        }

        @Override
        public String print() {
            return days.word + " " + time;
        }
    }
}
