package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Simulated years of a server whose clock and life are anything but smooth.
 *
 * <p>Goal: each night has its run once. Method: random zones, times, steps and restarts; a night
 * counts as missed when the server was up, or came up, after its time.
 */
class SchedulerClocksTest {

    private static final List<String> ZONES =
            List.of(
                    "Europe/Berlin",
                    "America/New_York",
                    "America/St_Johns",
                    "Australia/Lord_Howe",
                    "Pacific/Apia",
                    "Africa/Casablanca",
                    "Asia/Kathmandu",
                    "UTC");

    private static final class World {

        final Store store = new MemoryStore();
        final SettableClock clock;
        final ZoneId zone;
        final Timetable table;
        final List<Instant> runs = new ArrayList<>();
        MaintenanceScheduler server;

        World(Instant start, ZoneId zone, Timetable table) {
            this.clock = new SettableClock(start);
            this.zone = zone;
            this.table = table;
            Label label = Label.named(new Label.Id(new UUID(1, 1)), "beginning", start);
            Change born = Change.draft(Actor.system("test"), "test", start, label);
            store.write(tx -> tx.apply(born));
            server = started();
        }

        MaintenanceScheduler started() {
            Chore chore =
                    new Chore(
                            "nightly",
                            "Tests.",
                            table,
                            lease -> {
                                runs.add(clock.instant());
                                return Outcome.done("well");
                            });
            MaintenanceScheduler.Place place =
                    new MaintenanceScheduler.Place(clock, zone, "here", Meter.NONE);
            return new MaintenanceScheduler(store, place, List.of(chore), report -> {});
        }

        Instant night() {
            return table.upTo(clock.instant(), zone).orElseThrow();
        }

        int nightsSince(Instant from) {
            int nights = 0;
            Instant at = table.after(from, zone).orElseThrow();
            while (!at.isAfter(clock.instant())) {
                nights++;
                at = table.after(at, zone).orElseThrow();
            }
            return nights;
        }
    }

    private static World world(Random random) {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        int minute = 30 * random.nextInt(48);
        Timetable table =
                Timetable.parse(String.format("daily %02d:%02d", minute / 60, minute % 60));
        Instant start =
                LocalDate.of(2009 + random.nextInt(20), 1 + random.nextInt(12), 5)
                        .atStartOfDay(zone)
                        .toInstant();
        return new World(start, zone, table);
    }

    @Test
    void a_clock_that_only_goes_forward_has_one_run_for_each_night_the_server_saw() {
        Random random = new Random(seed("forward"));
        for (int trial = 0; trial < 40; trial++) {
            World world = world(random);
            Set<Instant> expected = new HashSet<>();
            Set<Instant> covered = new HashSet<>();
            Instant seen = world.clock.instant();
            for (int step = 0; step < 2_000; step++) {
                boolean isLeap = random.nextInt(100) == 0;
                world.clock.pass(
                        isLeap
                                ? Duration.ofHours(random.nextInt(24 * 5))
                                : Duration.ofMinutes(1 + random.nextInt(90)));
                if (random.nextInt(50) == 0) {
                    world.server = world.started();
                }
                int before = world.runs.size();
                world.server.tick();
                Instant night = world.night();
                if (night.isAfter(seen)) {
                    expected.add(night);
                }
                if (world.runs.size() > before) {
                    assertEquals(before + 1, world.runs.size());
                    assertTrue(covered.add(night), world.zone + ": twice for " + night);
                }
                seen = world.clock.instant();
            }
            assertEquals(expected, covered, world.zone + " " + world.table.print());
        }
    }

    /** A clock that goes back by less than a day repeats no night, and leaves none out for long. */
    @Test
    void a_clock_that_is_put_back_and_forth_repeats_no_night_and_waits_for_two_at_most() {
        Random random = new Random(seed("back and forth"));
        for (int trial = 0; trial < 40; trial++) {
            World world = world(random);
            Duration lived = Duration.ZERO;
            Duration ranAt = Duration.ZERO;
            Duration slack = Duration.ZERO;
            Set<Instant> covered = new HashSet<>();
            for (int step = 0; step < 3_000; step++) {
                Duration passed = Duration.ofMinutes(1 + random.nextInt(60));
                lived = lived.plus(passed);
                world.clock.pass(passed);
                if (random.nextInt(150) == 0) {
                    Duration jump = Duration.ofMinutes(random.nextInt(20 * 60) - 10 * 60);
                    world.clock.pass(jump);
                    slack = slack.plus(jump.abs());
                }
                int before = world.runs.size();
                world.server.tick();
                if (world.runs.size() > before) {
                    Instant night = world.night();
                    assertTrue(covered.add(night), world.zone + ": twice for " + night);
                    ranAt = lived;
                    slack = Duration.ZERO;
                }
                Duration waited = lived.minus(ranAt).minus(slack);
                assertTrue(waited.toHours() <= 51, world.zone + ": none for " + waited);
            }
        }
    }

    /** A clock that jumps by years in both directions never stops the nights for good. */
    @Test
    void whatever_the_clock_does_a_run_comes_within_a_day_of_standing_right() {
        Random random = new Random(seed("by years"));
        for (int trial = 0; trial < 60; trial++) {
            World world = world(random);
            for (int jump = 0; jump < 30; jump++) {
                world.clock.pass(Duration.ofDays(random.nextInt(4_000) - 2_000));
                if (random.nextBoolean()) {
                    world.server = world.started();
                }
                int before = world.runs.size();
                Instant from = world.clock.instant();
                while (world.clock.instant().isBefore(from.plus(Duration.ofHours(49)))) {
                    world.server.tick();
                    world.clock.pass(Duration.ofMinutes(30));
                }
                int ran = world.runs.size() - before;
                int most = world.nightsSince(from) + 1;
                assertTrue(ran >= 1 && ran <= most, world.zone + " " + from + ": " + ran);
            }
        }
    }

    private static long seed(String test) {
        Long given = Long.getLong("rocket.seed");
        long seed = given != null ? given : System.nanoTime();
        System.out.println("SchedulerClocksTest, " + test + ": -Drocket.seed=" + seed);
        return seed;
    }
}
