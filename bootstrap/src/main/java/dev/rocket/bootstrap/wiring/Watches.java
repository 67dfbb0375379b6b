package dev.rocket.bootstrap.wiring;

import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Age;
import dev.rocket.core.operation.CheckBackups;
import dev.rocket.core.operation.KeepOffsite;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.MoveStatus;
import dev.rocket.core.operation.NewestBackup;
import dev.rocket.core.operation.Scale;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.operation.WatchSecrets;
import dev.rocket.core.port.Store;
import dev.rocket.http.observe.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is watched, as figures. */
final class Watches {

    private static final List<MoveStatus.Phase> PHASES = List.of(MoveStatus.Phase.values());

    private Watches() {}

    /** What is overdue and whether SQLite suffices, as figures. */
    static void maintenance(Metrics metrics, MaintenanceScheduler maintenance, WatchScale scale) {
        scale(metrics, scale);
        overdue(metrics, maintenance);
    }

    /** The verdict as figures, as it was told last, be it before a restart. */
    private static void scale(Metrics metrics, WatchScale scale) {
        metrics.gauge(
                "rocket_scale_headroom_ratio",
                "What is left of this host's ceiling, 0 to 1; NaN before it was measured, and on"
                        + " Postgres.",
                () -> scale.newest().map(Scale.Earlier::headroom).orElse(Double.NaN));
        metrics.gauge(
                "rocket_scale_verdict",
                "0 calm, 1 near, 2 fired: whether SQLite suffices; NaN before it was told, and on"
                        + " Postgres.",
                () ->
                        scale.newest()
                                .map(now -> (double) now.verdict().figure())
                                .orElse(Double.NaN));
    }

    /** How long each job should have been done already. */
    private static void overdue(Metrics metrics, MaintenanceScheduler maintenance) {
        metrics.gauges(
                "rocket_maintenance_overdue_seconds",
                "How long a job should have been done already; 0 when nothing was missed.",
                "job",
                () -> overdue(maintenance));
    }

    /** How far a move of the store is. */
    static void migration(Metrics metrics, MigrateStore migrate) {
        metrics.gauge(
                "rocket_migration_phase",
                "0 idle, 1 preflight, 2 copying, 3 tailing, 4 comparing, 5 freezing, 6 done,"
                        + " 7 failed, 8 aborted.",
                () -> PHASES.indexOf(migrate.status().phase()));
        metrics.gauge(
                "rocket_migration_rows",
                "Rows that were copied, or looked at, in this phase of the move.",
                () -> migrate.status().rows());
        metrics.gauge(
                "rocket_migration_lag_seqs",
                "Places in the feed that the copy is behind while the store is moved; else 0.",
                () -> lag(migrate.status()));
        metrics.gauge(
                "rocket_migration_follower_lag_seqs",
                "Places in the feed that the former store is behind; NaN when none follows.",
                () -> behind(migrate));
        metrics.gauge(
                "rocket_migration_frozen_seconds",
                "For how long writes were held up by the last move, the last time.",
                () -> migrate.status().frozen().toNanos() / 1e9);
    }

    private static double behind(MigrateStore migrate) {
        OptionalLong behind = migrate.behind();
        return behind.isPresent() ? behind.getAsLong() : Double.NaN;
    }

    private static double lag(MoveStatus status) {
        boolean moves = status.phase().isUnderWay();
        return moves ? Math.max(0, status.end().value() - status.at().value()) : 0;
    }

    private static Map<String, Double> overdue(MaintenanceScheduler maintenance) {
        Map<String, Double> overdue = new TreeMap<>();
        for (MaintenanceScheduler.Entry entry : maintenance.entries()) {
            overdue.put(entry.chore().name(), entry.overdue().toMillis() / 1e3);
        }
        return overdue;
    }

    /** When another server made a newer backup than any here, if others may make them. */
    static Supplier<Optional<Instant>> elsewhere(NewestBackup newest, BooleanSupplier shared) {
        return () -> told(shared, () -> newest.elsewhere().map(Job.Run::started));
    }

    /**
     * How old the newest backup off-site is.
     *
     * @param shared whether other servers may take backups there as well
     */
    static void offsite(
            Metrics metrics, Config config, NewestBackup newest, BooleanSupplier shared) {
        Optional<KeepOffsite> offsite = BackupParts.offsite(config);
        metrics.gauge(
                "rocket_offsite_backup_age_seconds",
                "How old the newest backup off-site is, or without one the store; NaN without such"
                        + " a place.",
                () -> offsite.map(place -> age(place, newest, shared)).orElse(Double.NaN));
    }

    private static Optional<Instant> told(BooleanSupplier shared, Supplier<Optional<Instant>> of) {
        return shared.getAsBoolean() ? of.get() : Optional.empty();
    }

    private static double age(KeepOffsite offsite, NewestBackup newest, BooleanSupplier shared) {
        try {
            Optional<Instant> made =
                    Stream.concat(
                                    offsite.newest().stream(),
                                    told(shared, newest::copiedElsewhere).stream())
                            .max(Comparator.naturalOrder());
            Optional<Instant> since = made.or(() -> CheckBackups.beginning(newest.store()));
            return Age.seconds(since, Wiring.clock().instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows the secrets' ages among the figures; the work that reminds of those that are due. */
    static Runnable secrets(Config config, Store store, Metrics metrics) {
        ConfiguredSecrets configured =
                ConfiguredSecrets.of(store, new SecureRandom(), Wiring.clock());
        WatchSecrets watch = new WatchSecrets(store, Wiring.clock(), configured::secrets);
        SecretReminder reminder = new SecretReminder(watch, Wiring.clock());
        metrics.gauges(
                "rocket_secret_age_seconds",
                "Age of a secret; of tokens, that of the oldest.",
                "secret",
                reminder::ages);
        return reminder::run;
    }
}
