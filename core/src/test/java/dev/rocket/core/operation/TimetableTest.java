package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant after(String timetable, String instant, ZoneId zone) {
        return Timetable.parse(timetable).after(Instant.parse(instant), zone).orElseThrow();
    }

    @Test
    void a_text_is_printed_as_it_was_read() {
        for (String text :
                List.of(
                        "daily 03:00",
                        "sunday 23:59",
                        "monthly 00:00",
                        "quarterly 04:30",
                        "every 15m",
                        "every 90s",
                        "every 2h",
                        "off")) {
            assertEquals(text, Timetable.parse(text).print());
        }
        assertEquals("every 1h", Timetable.parse(" Every  60m ").print());
    }

    @Test
    void what_is_no_timetable_is_refused_with_what_is_allowed() {
        for (String text :
                List.of("", "daily", "daily 25:00", "daily 3", "every 0s", "every day", "never")) {
            IllegalArgumentException no =
                    assertThrows(IllegalArgumentException.class, () -> Timetable.parse(text));
            assertTrue(String.valueOf(no.getMessage()).contains("'daily 03:00'"));
        }
    }

    @Test
    void each_kind_of_day_is_found() {
        ZoneId zone = ZoneId.of("UTC");
        String now = "2026-11-26T12:00:00Z"; // a Thursday
        assertEquals(Instant.parse("2026-11-27T03:00:00Z"), after("daily 03:00", now, zone));
        assertEquals(Instant.parse("2026-11-26T13:00:00Z"), after("daily 13:00", now, zone));
        assertEquals(Instant.parse("2026-12-03T11:00:00Z"), after("thursday 11:00", now, zone));
        assertEquals(Instant.parse("2026-11-29T03:00:00Z"), after("sunday 03:00", now, zone));
        assertEquals(Instant.parse("2026-12-01T03:00:00Z"), after("monthly 03:00", now, zone));
        assertEquals(Instant.parse("2027-01-01T03:00:00Z"), after("quarterly 03:00", now, zone));
        assertEquals(Instant.parse("2026-11-26T12:15:00Z"), after("every 15m", now, zone));
    }

    @Test
    void a_time_that_the_clocks_skip_comes_later_on_that_day() {
        Instant before = Instant.parse("2026-03-28T12:00:00Z");
        Instant skipped = Timetable.parse("daily 02:30").after(before, BERLIN).orElseThrow();
        assertEquals(Instant.parse("2026-03-29T01:30:00Z"), skipped);
        assertEquals(
                Instant.parse("2026-03-30T00:30:00Z"),
                Timetable.parse("daily 02:30").after(skipped, BERLIN).orElseThrow());
    }

    @Test
    void a_time_that_comes_twice_counts_once() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Timetable table = Timetable.parse("daily 02:30");
        assertEquals(Optional.of(first), table.after(first.minusSeconds(1), BERLIN));
        Instant next = Instant.parse("2026-10-26T01:30:00Z");
        assertEquals(Optional.of(next), table.after(first, BERLIN));
        assertEquals(Optional.of(first), table.upTo(next.minusSeconds(1), BERLIN));
    }

    /** Goal: each day of a zone has its time once, whatever its clocks do. */
    @Test
    void each_day_that_exists_has_its_time_once_in_any_zone() {
        Random random = new Random(seed());
        List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
        zones.sort(null);
        for (int i = 0; i < 300; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            LocalTime time = LocalTime.of(random.nextInt(24), random.nextInt(60));
            Timetable table = new Timetable.On(Timetable.Days.DAILY, time);
            LocalDate begin = LocalDate.of(1900 + random.nextInt(150), 1 + random.nextInt(12), 1);
            Instant at = begin.atStartOfDay(zone).toInstant();
            Set<LocalDate> seen = new HashSet<>();
            for (int day = 0; day < 60; day++) {
                Instant next = table.after(at, zone).orElseThrow();
                String where = zone + " " + time + " " + next;
                assertTrue(next.isAfter(at), where);
                assertEquals(Optional.of(next), table.upTo(next, zone), where);
                assertEquals(table.upTo(at, zone), table.upTo(next.minusMillis(1), zone), where);
                assertTrue(seen.add(day(next.atZone(zone), time)), where);
                // A day is left out only where the zone itself left one out.
                assertFalse(Duration.between(at, next).compareTo(Duration.ofHours(49)) > 0, where);
                at = next;
            }
        }
    }

    /** The day before, when its clocks left the time out and went on behind midnight. */
    private static LocalDate day(ZonedDateTime at, LocalTime time) {
        LocalDate day = at.toLocalDate();
        return at.toLocalTime().isBefore(time) ? day.minusDays(1) : day;
    }

    private static long seed() {
        Long given = Long.getLong("rocket.seed");
        long seed = given != null ? given : System.nanoTime();
        System.out.println("TimetableTest: -Drocket.seed=" + seed);
        return seed;
    }
}
