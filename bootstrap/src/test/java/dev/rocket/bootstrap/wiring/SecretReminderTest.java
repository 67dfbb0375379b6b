package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.operation.WatchSecrets;
import dev.rocket.core.operation.WatchSecrets.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running server says of the ages of its secrets, by a clock that is set. */
class SecretReminderTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");

    private final Logger log = Logger.getLogger("dev.rocket.secrets");
    private final List<String> told = new ArrayList<>();
    private final SettableClock clock = new SettableClock(BEGAN);
    private List<Secret> configured = List.of(secret("ROCKET_ADMIN_TOKEN", BEGAN));
    private int looks;
    private boolean broken;
    private final WatchSecrets watch = new WatchSecrets(new MemoryStore(), clock, this::look);
    private final SecretReminder reminder = new SecretReminder(watch, clock);

    private final Handler ear =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    if (line.getLevel().equals(Level.WARNING)) {
                        told.add(line.getMessage());
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private static Secret secret(String name, Instant since) {
        return new Secret(name, name, since, "set another " + name);
    }

    private List<Secret> look() {
        looks++;
        if (broken) {
            throw new UncheckedIOException(new IOException("planted by the test"));
        }
        return configured;
    }

    @BeforeEach
    void listen() {
        log.addHandler(ear);
    }

    @AfterEach
    void leave() {
        log.removeHandler(ear);
    }

    @Test
    void a_secret_is_told_of_once_a_day_from_its_ninetieth_day_until_it_is_another() {
        clock.set(BEGAN.plus(WatchSecrets.DUE).minusSeconds(1));
        reminder.run();
        assertEquals(List.of(), told);
        clock.set(BEGAN.plus(Duration.ofDays(91)));
        String line = "ROCKET_ADMIN_TOKEN is 91 days old; replace it: set another ";
        for (int hour = 0; hour < 24; hour++) {
            reminder.run();
            clock.pass(Duration.ofMinutes(59));
        }
        assertEquals(List.of(line + "ROCKET_ADMIN_TOKEN"), told);
        clock.pass(Duration.ofHours(1));
        reminder.run();
        assertEquals(2, told.size());
        configured = List.of(secret("ROCKET_ADMIN_TOKEN", clock.instant()));
        clock.pass(Duration.ofDays(2));
        reminder.run();
        assertEquals(2, told.size());
    }

    @Test
    void a_clock_that_was_put_back_does_not_silence_it() {
        clock.set(BEGAN.plus(Duration.ofDays(400)));
        reminder.run();
        clock.set(BEGAN.plus(Duration.ofDays(100)));
        reminder.run();
        assertEquals(2, told.size(), told.toString());
    }

    @Test
    void the_age_is_that_of_the_oldest_of_a_name_and_never_below_nothing() {
        configured =
                List.of(
                        secret("token", BEGAN.minusSeconds(10)),
                        secret("token", BEGAN.minusSeconds(70)),
                        secret("ROCKET_OFFSITE_KEY", BEGAN.plusSeconds(5)));
        assertEquals(Map.of("token", 70.0, "ROCKET_OFFSITE_KEY", 0.0), reminder.ages());
    }

    @Test
    void figures_look_once_a_minute_and_keep_what_was_seen_last() {
        assertEquals(Map.of("ROCKET_ADMIN_TOKEN", 0.0), reminder.ages());
        clock.pass(Duration.ofSeconds(59));
        assertEquals(Map.of("ROCKET_ADMIN_TOKEN", 59.0), reminder.ages());
        assertEquals(1, looks);
        broken = true;
        clock.pass(Duration.ofMinutes(2));
        assertEquals(Map.of("ROCKET_ADMIN_TOKEN", 179.0), reminder.ages());
        assertEquals(2, looks);
        broken = false;
        configured = List.of();
        clock.pass(Duration.ofMinutes(2));
        assertEquals(Map.of(), reminder.ages());
    }
}
