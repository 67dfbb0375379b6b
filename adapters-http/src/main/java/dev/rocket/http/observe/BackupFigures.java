package dev.rocket.http.observe;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.operation.Age;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What can be told of the backups in a folder.
 *
 * <p>The folder is read when figures are scraped, at most once a second; so they hold also for
 * backups that another process made.
 */
public final class BackupFigures {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final BackupFolder folder;
    private final Supplier<Optional<Instant>> beginning;
    private final Supplier<Optional<Instant>> elsewhere;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(Instant.EPOCH, List.of());

    private record Seen(Instant at, List<Backup> backups) {}

    private BackupFigures(
            BackupFolder folder,
            Supplier<Optional<Instant>> beginning,
            Supplier<Optional<Instant>> elsewhere,
            InstantSource clock) {
        this.folder = folder;
        this.beginning = beginning;
        this.elsewhere = elsewhere;
        this.clock = clock;
    }

    /**
     * Adds the figures of a folder.
     *
     * @param beginning since when there is something to back up; empty while there is nothing
     * @param elsewhere when another server of the store made a newer verified backup
     */
    public static void register(
            Metrics metrics,
            BackupFolder folder,
            Supplier<Optional<Instant>> beginning,
            Supplier<Optional<Instant>> elsewhere,
            InstantSource clock) {
        BackupFigures figures = new BackupFigures(folder, beginning, elsewhere, clock);
        metrics.gauge(
                "rocket_backup_last_verified_timestamp_seconds",
                "When the newest verified backup was made, on any server, since 1970; NaN without"
                        + " one.",
                () -> figures.made().map(at -> at.toEpochMilli() / 1e3).orElse(Double.NaN));
        metrics.gauge(
                "rocket_backup_age_seconds",
                "How old the newest verified backup on any server is, or without one the store.",
                figures::age);
        metrics.gauge(
                "rocket_backup_size_bytes",
                "Size of the newest verified backup; NaN without one.",
                figures.newest(note -> note.file().count()));
        metrics.gauge(
                "rocket_backup_seq",
                "Place in the feed of the newest verified backup; NaN without one.",
                figures.newest(note -> note.seq().value()));
        metrics.gauges(
                "rocket_backups", "Backups that are kept, by verdict.", "verdict", figures::counts);
    }

    private DoubleSupplier newest(ToDoubleFunction<BackupNote> figure) {
        return () -> newest().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private Optional<BackupNote> newest() {
        return backups().reversed().stream()
                .filter(Backup::isVerified)
                .findFirst()
                .flatMap(Backup::note);
    }

    private Optional<Instant> made() {
        return elsewhere.get().or(() -> newest().map(BackupNote::made));
    }

    /** So a new store is as good as backed up, and one that nobody ever backed up is not. */
    private double age() {
        return Age.seconds(made().or(beginning), clock.instant());
    }

    private Map<String, Double> counts() {
        List<Backup> all = backups();
        Map<String, Double> counts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            long count = all.stream().filter(one -> one.verdict() == verdict).count();
            counts.put(verdict.wire(), (double) count);
        }
        return counts;
    }

    private List<Backup> backups() {
        Instant now = clock.instant();
        Seen last = seen;
        boolean fresh = !last.at().isAfter(now) && last.at().plus(FRESH).isAfter(now);
        if (!fresh) {
            last = new Seen(now, list());
            seen = last;
        }
        return last.backups();
    }

    private List<Backup> list() {
        try {
            return folder.list();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
