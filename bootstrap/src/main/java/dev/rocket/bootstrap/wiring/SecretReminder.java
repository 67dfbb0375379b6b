package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.WatchSecrets;
import dev.rocket.core.operation.WatchSecrets.Secret;
import dev.rocket.core.port.StoreException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a running server says of the ages of its secrets: a figure at any time, a line once a day.
 *
 * <p>Thread-safe. Secrets are looked at once a minute at most, however often figures are asked for.
 */
final class SecretReminder {

    private static final System.Logger LOG = System.getLogger("dev.rocket.secrets");
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofDays(1);

    private final WatchSecrets watch;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Instant> oldest = Map.of();
    private Optional<Instant> looked = Optional.empty();
    private Optional<Instant> reminded = Optional.empty();

    SecretReminder(WatchSecrets watch, InstantSource clock) {
        this.watch = watch;
        this.clock = clock;
    }

    /** The age of the oldest secret of each name, in seconds. */
    Map<String, Double> ages() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (isOver(looked, KEPT, now)) {
                looked = Optional.of(now);
                look();
            }
            Map<String, Double> ages = new TreeMap<>();
            oldest.forEach((name, since) -> ages.put(name, seconds(since, now)));
            return ages;
        } finally {
            lock.unlock();
        }
    }

    private static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis() / 1e3);
    }

    /** Whether a time since an instant has passed, or a clock that went back makes that unknown. */
    private static boolean isOver(Optional<Instant> since, Duration time, Instant now) {
        return since.filter(at -> !now.isBefore(at) && now.isBefore(at.plus(time))).isEmpty();
    }

    private void look() {
        try {
            Map<String, Instant> found = new TreeMap<>();
            for (Secret secret : watch.secrets()) {
                found.merge(secret.name(), secret.since(), (a, b) -> a.isBefore(b) ? a : b);
            }
            oldest = found;
        } catch (StoreException | UncheckedIOException e) {
            // A figure is not worth an error; the last one stands.
            LOG.log(System.Logger.Level.DEBUG, "The secrets' ages are unknown: " + e.getMessage());
        }
    }

    /** Logs each secret that is due for another; once a day, however often it is called. */
    void run() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (!isOver(reminded, PAUSE, now)) {
                return;
            }
            reminded = Optional.of(now);
        } finally {
            lock.unlock();
        }
        for (Secret secret : watch.due()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    watch.reminder(secret) + "; replace it: " + secret.remedy());
        }
    }
}
