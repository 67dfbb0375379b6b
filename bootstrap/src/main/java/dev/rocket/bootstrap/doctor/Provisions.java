package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.ArchiveOffsite;
import dev.rocket.core.operation.CheckBackups;
import dev.rocket.core.operation.CheckCopies;
import dev.rocket.core.operation.CheckJobs;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.Diagnose.Check;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.operation.KeepOffsite;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.NewestBackup;
import dev.rocket.core.operation.ScaleHistory;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks of what a lost disk would be mended with, and of the jobs that see to it.
 *
 * <p>The store is read beside the server that has it, so they are the same with one and without.
 */
final class Provisions {

    private final Config config;
    private final RunningServer server;
    private final DrillRestore.Stage stage;
    private final InstantSource clock;

    Provisions(Config config, RunningServer server, DrillRestore.Stage stage, InstantSource clock) {
        this.config = config;
        this.server = server;
        this.stage = stage;
        this.clock = clock;
    }

    /** The checks, in order. */
    List<Check> checks() {
        boolean strict = config.isProduction();
        Path backups = BackupParts.folder(config).path();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("backup modes", new OwnerOnly("backup modes", backups, strict)::look));
        config.archive()
                .map(folder -> new OwnerOnly("archive modes", folder, strict))
                .ifPresent(modes -> checks.add(new Check("archive modes", modes::look)));
        checks.add(new Check("off-site", this::offsite));
        checks.add(new Check("maintenance", this::beside));
        return checks;
    }

    /** Reads the store beside whoever has it; each check by itself, so that none hides another. */
    private List<Finding> beside() {
        boolean readable = config.file().map(Files::exists).orElse(true);
        if (!readable || StoreKit.isOutdated(config)) {
            return look(Optional.empty());
        }
        Store store;
        try {
            store = StoreKit.beside(config);
        } catch (StoreException e) {
            // The check of the store itself says why.
            return look(Optional.empty());
        }
        try (store) {
            return look(Optional.of(store));
        }
    }

    private List<Finding> look(Optional<Store> store) {
        Instant now = clock.instant();
        CheckBackups backups =
                new CheckBackups(
                        BackupParts.folder(config), config.backups().at(), ZoneId.systemDefault());
        return new Diagnose(
                        List.of(
                                new Check("backups", () -> backups.look(store, newest(store), now)),
                                new Check("archive", () -> archive(store, now)),
                                new Check("migration", () -> custody(store, now)),
                                new Check("scale", () -> scale(store)),
                                new Check("maintenance", () -> jobs(store))))
                .run(false, found -> {});
    }

    /** Several servers share a store on Postgres alone. */
    private Optional<NewestBackup> newest(Optional<Store> store) {
        return store.filter(open -> config.postgres().isPresent())
                .map(open -> BackupParts.newest(config, open));
    }

    private List<Finding> archive(Optional<Store> store, Instant now) {
        if (config.archive().isEmpty()) {
            String what = "the feed is not archived: a lost disk takes all since the newest backup";
            String remedy = "set ROCKET_ARCHIVE to a folder";
            return List.of(unset("archive", what, remedy));
        }
        ArchiveFolder folder = new ArchiveFolder(config.archive().get());
        return store.map(open -> CheckCopies.archive(folder, open, Wiring.host(), now))
                .orElseGet(() -> unread("archive"));
    }

    /** Whether the store is in charge, and which one follows it. */
    private List<Finding> custody(Optional<Store> store, Instant now) {
        if (store.isEmpty()) {
            return unread("migration");
        }
        Optional<Custody> found = store.get().read(Snapshot::custody);
        return List.of(
                found.map(some -> custody(some, now))
                        .orElse(Finding.ok("migration", "the store was never moved")));
    }

    private Finding custody(Custody custody, Instant now) {
        String other = custody.other();
        if (other.equals(Custody.BACKUP)) {
            return restored(custody);
        }
        Instant until = custody.at().plus(config.maintenance().window());
        return switch (custody.state()) {
            case HERE ->
                    Finding.ok(
                            "migration",
                            now.isBefore(until)
                                    ? "came from " + other + ", which follows until " + until
                                    : "came from " + other + ", which follows no more");
            case ARRIVING ->
                    Finding.failed(
                            "migration",
                            "a copy of " + other + " that never took its place",
                            "begin the move again, or start the server on " + other);
            case MOVED ->
                    Finding.failed(
                            "migration",
                            "the store was moved to " + other + " at " + custody.at(),
                            "start the server there; the way back: rocket migrate --back");
        };
    }

    private static Finding restored(Custody custody) {
        String what = " from a backup at " + custody.at();
        return custody.state() == Custody.State.HERE
                ? Finding.ok("migration", "the store was restored" + what)
                : Finding.failed(
                        "migration",
                        "the store was being restored" + what + ", which did not end",
                        "rocket restore latest");
    }

    private List<Finding> scale(Optional<Store> store) {
        if (config.file().isEmpty()) {
            return List.of(Finding.ok("scale", "Postgres grows beyond one file and one writer"));
        }
        return store.map(open -> new ScaleHistory(open).look()).orElseGet(() -> unread("scale"));
    }

    private static List<Finding> unread(String check) {
        return List.of(Finding.ok(check, "not known while there is no store to read"));
    }

    /** What nobody asked for is worth a warning in production alone. */
    private Finding unset(String check, String what, String remedy) {
        return config.isProduction()
                ? Finding.warning(check, what, remedy)
                : Finding.ok(check, what);
    }

    private List<Finding> jobs(Optional<Store> store) {
        if (store.isEmpty()) {
            return unread("maintenance");
        }
        List<Finding> findings = new ArrayList<>();
        if (!config.maintenance().isByItself()) {
            String what = "ROCKET_MAINTENANCE is off, so only what is asked for is done";
            findings.add(unset("maintenance", what, "set ROCKET_MAINTENANCE to on"));
        }
        MaintenanceScheduler jobs = Wiring.maintenance(config, store.get(), true, stage, clock);
        findings.addAll(new CheckJobs(jobs.entries(), command()).look());
        return findings;
    }

    /** What does a job; a server that runs is asked for it. */
    private String command() {
        return server.url()
                .map(url -> "ROCKET_TOKEN=… rocket maintenance run %s --url " + url)
                .orElse("rocket maintenance run %s");
    }

    private List<Finding> offsite() {
        Path folder = config.backups().folder();
        Optional<Vault> vault = Wiring.offsite(config, folder);
        if (vault.isEmpty()) {
            String what = "no copy is kept elsewhere, so a lost disk takes the backups along";
            return List.of(unset("off-site", what, "set ROCKET_OFFSITE"));
        }
        Instant now = clock.instant();
        int keep = config.backups().keep();
        KeepOffsite copies = new KeepOffsite(BackupParts.folder(config), vault.get(), folder, keep);
        String command = command().replace("%s", "offsite");
        List<Finding> findings = new ArrayList<>(CheckCopies.offsite(copies, command, now));
        config.archive()
                .flatMap(
                        archive ->
                                Wiring.offsite(config, archive)
                                        .map(
                                                to ->
                                                        new ArchiveOffsite(
                                                                new ArchiveFolder(archive), to)))
                .ifPresent(archive -> findings.addAll(CheckCopies.offsite(archive, now)));
        boolean reached = findings.getFirst().verdict() == Verdict.OK;
        boolean lost = reached && config.file().filter(Files::notExists).isPresent();
        if (lost && !vault.get().items("backups/", "").isEmpty()) {
            String what = "backups are in " + vault.get() + ", and " + config.place() + " is gone";
            String remedy = "rocket restore --offsite --at $(date -u +%FT%TZ)";
            findings.add(Finding.failed("off-site", what, remedy));
        }
        return findings;
    }
}
