package dev.rocket.core.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Due dates as text, both ways.
 *
 * <p>What people send is read strictly: a zone must allow the offset beside it. What was stored is
 * read as it stands: the rules of zones change, and a date that was right when it was written keeps
 * its wall clock under the new rules. Lists read thousands of stored ones a second, so these have
 * their own short way.
 */
final class DueText {

    private static final int DAY_CHARS = 10;
    private static final int LOCAL_CHARS = 19;
    private static final int MAX_CHARS = 100;

    private DueText() {}

    /** The text of a wall-clock time, with seconds even when they are zero. */
    static String print(LocalDateTime dateTime) {
        String text = dateTime.toString();
        return text.length() < LOCAL_CHARS ? text + ":00" : text;
    }

    /** The text of a time in a zone: RFC 9557, without the bracket where the zone is an offset. */
    static String print(ZonedDateTime dateTime) {
        ZoneId zone = dateTime.getZone();
        String text = print(dateTime.toLocalDateTime()) + dateTime.getOffset().getId();
        return zone instanceof ZoneOffset ? text : text + "[" + zone.getId() + "]";
    }

    /**
     * What somebody sent.
     *
     * @throws DateTimeException when it is no due date
     */
    static Due parse(String text) {
        if (text.length() == DAY_CHARS) {
            return new Due.Day(LocalDate.parse(text));
        }
        if (text.length() <= LOCAL_CHARS) {
            return new Due.Local(LocalDateTime.parse(text));
        }
        int bracket = text.indexOf('[');
        if (text.length() > MAX_CHARS || (bracket >= 0 && !text.endsWith("]"))) {
            throw new DateTimeException("not a time in a zone: " + text);
        }
        if (bracket < 0) {
            return new Due.Zoned(OffsetDateTime.parse(text).toZonedDateTime());
        }
        OffsetDateTime time = OffsetDateTime.parse(text.substring(0, bracket));
        ZoneId zone = ZoneId.of(text.substring(bracket + 1, text.length() - 1));
        return new Due.Zoned(
                ZonedDateTime.ofStrict(time.toLocalDateTime(), time.getOffset(), zone));
    }

    /**
     * What {@link Due#print} wrote, perhaps long ago.
     *
     * @throws DateTimeException when it is no due date
     */
    static Due stored(String text) {
        int length = text.length();
        if (length != DAY_CHARS && length < LOCAL_CHARS) {
            throw new DateTimeException("not a due date: " + text);
        }
        LocalDate date =
                LocalDate.of(number(text, 0, 4, '-'), number(text, 5, 7, '-'), number(text, 8, 10));
        if (length == DAY_CHARS) {
            return new Due.Day(date);
        }
        LocalDateTime time =
                date.atTime(
                        number(text, 11, 13, ':'), number(text, 14, 16, ':'), number(text, 17, 19));
        if (length == LOCAL_CHARS) {
            return new Due.Local(time);
        }
        int bracket = text.indexOf('[', LOCAL_CHARS);
        ZoneOffset offset =
                ZoneOffset.of(text.substring(LOCAL_CHARS, bracket < 0 ? length : bracket));
        ZoneId zone = bracket < 0 ? offset : ZoneId.of(text.substring(bracket + 1, length - 1));
        return new Due.Zoned(ZonedDateTime.ofLocal(time, zone, offset));
    }

    private static int number(String text, int from, int to, char behind) {
        if (text.charAt(to) != behind) {
            throw new DateTimeException("not a due date: " + text);
        }
        return number(text, from, to);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a due date: " + text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
