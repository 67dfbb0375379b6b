package dev.rocket.bootstrap.wiring;

import static java.lang.Double.NaN;

import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveInTurn;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.VaultException;
import dev.rocket.http.observe.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Who archives the feed while a server runs.
 *
 * <p>Every few seconds, and once more when the server ends: so what a graceful stop leaves is
 * archived whole. A failure is logged when it begins and when it is over, not every few seconds.
 */
final class Archivist implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.archive");
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_RUN = Duration.ofSeconds(30);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ArchiveInTurn archive;
    private final CountDownLatch ended = new CountDownLatch(1);
    private String trouble = "";
    private String other = "";

    /** Begins to archive. */
    Archivist(ArchiveInTurn archive) {
        this.archive = archive;
        Thread.ofPlatform().daemon().name("rocket-archive").start(this::run);
    }

    /** Adds how far the archive is behind to the figures, here and off-site. */
    static void watch(ArchiveInTurn archive, InstantSource clock, Metrics metrics) {
        metrics.gauge(
                "rocket_archive_lag_seconds",
                "Age of the oldest change that is not archived; 0 when all are, NaN while another"
                        + " server archives.",
                () -> seconds(archive.lag(clock.instant())));
        metrics.gauge(
                "rocket_archive_lag_seqs",
                "Places in the feed between its end and that of the archive; NaN as above.",
                () -> archive.lag(clock.instant()).map(lag -> (double) lag.places()).orElse(NaN));
        metrics.gauge(
                "rocket_offsite_archive_lag_seconds",
                "Age of the oldest change that is not archived off-site; NaN without such a place,"
                        + " or while another server archives.",
                () -> seconds(archive.offsiteLag(clock.instant())));
    }

    private static double seconds(Optional<ArchiveFeed.Lag> lag) {
        return lag.map(some -> some.time().toMillis() / 1e3).orElse(NaN);
    }

    private void run() {
        try {
            while (!closed.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                once(true);
            }
            // A place off-site that could not be reached must not hold the end up.
            once(trouble.isEmpty());
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void once(boolean everywhere) {
        try {
            tell(archive.run(everywhere) ? "" : archive.other().orElse(other));
            if (!trouble.isEmpty()) {
                LOG.log(System.Logger.Level.INFO, "The feed is archived again");
            }
            trouble = "";
        } catch (StoreException | VaultException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble)) {
                LOG.log(System.Logger.Level.WARNING, "The feed is not archived: " + message);
            }
            trouble = message;
        } catch (RuntimeException e) {
            // A bug in one run must not end all the others that are to come.
            LOG.log(System.Logger.Level.ERROR, "The feed could not be archived", e);
        }
    }

    /** Tells when another server archives, and when this one does again. */
    private void tell(String now) {
        if (!now.equals(other)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    now.isEmpty() ? "This server archives the feed" : now + " archives the feed");
        }
        other = now;
    }

    /** Whoever takes the turn later than this needs not wait for it. */
    private void end() {
        try {
            archive.end();
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "The next waits to archive: " + e.getMessage());
        }
    }

    /** Archives what is there and ends; waits for that, but not for ever. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!ended.await(LAST_RUN.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "The last changes are not archived yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
