package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.ForgetReceipts;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.VerifyArchive;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a store against its own feed, or against another store. */
@Command(
        name = "verify",
        description = "Check a store against its own feed or another store, or check a backup.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Compares tables and indexes with those that Rocket makes, reads the whole feed,",
            "follows each entity's chain of changes, compares what the store holds and what",
            "finds it with what the feed says, and the feed with its archive, where one is.",
            "A file is needed for itself: stop the server first. Exit code 0 when all agree,",
            "1 when they do not; then it says what is wrong, and what to type.",
            "",
            "With a backup it restores that into a scratch folder instead, checks it there,",
            "compares it with what its store held at its place, and notes the verdict. A",
            "server may run meanwhile. Exit code 0 when it is verified, 1 when it is not.",
            "",
            "  rocket verify latest                  the newest verified backup",
            "  rocket verify rocket-000007-20310501T030000Z.db",
            "",
            "With --against it compares two stores instead: change by change what both",
            "feeds have and, when they end at the same place, all entities and tokens; and",
            "the answers to idempotency keys, which each store may forget after a day. It",
            "names the first place, entity and key that differ and what each store has",
            "there, or how far one is ahead. Exit code 0 when they are equal, 1 when they",
            "differ, 2 when it was used wrongly.",
            "",
            "  rocket verify --db copy.db --against tasks.db",
            "  rocket verify --against copy.db       the store of the settings with a copy",
            "  rocket verify --db tasks.db --against",
            "",
            "The last takes the other store from ROCKET_AGAINST_URL, or from the file that",
            "ROCKET_AGAINST_URL_FILE names, so that no password stands in the list of",
            "processes. ROCKET_DB_SCHEMA is the schema of whichever is on Postgres."
        })
public final class Verify implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "BACKUP",
            description = "latest, a name that `rocket backups` lists, or a path with a /.")
    private @Nullable String backup;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(
            names = "--against",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "STORE",
            description = "Compare with that SQLite file or postgres://….")
    private @Nullable String against;

    @Option(
            names = "--by-order",
            description = "Compare the order of changes, not the numbers of their places.")
    private boolean byOrder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (backup != null) {
            return check(backup) ? 0 : 1;
        }
        if (against != null) {
            return compare(StoreFile.of(db), StoreFile.against(against)) ? 0 : 1;
        }
        if (byOrder) {
            throw new ConfigException(List.of("--by-order goes with --against alone."));
        }
        CheckedStore checked = checked(StoreFile.of(db));
        print(json ? checked.json() : checked.text());
        return checked.agrees() ? 0 : 1;
    }

    private CheckedStore checked(StoreFile file) {
        try (Store store = file.openExisting();
                Progress progress = progress()) {
            long[] before = {0};
            VerifyStore.Report report =
                    new VerifyStore(store)
                            .run(
                                    looked -> {
                                        before[0] = looked;
                                        progress.to(0, looked);
                                    });
            // What cannot be read cannot be compared.
            boolean read = report.agrees() || report.changes() > 0;
            Optional<VerifyArchive.Report> archive =
                    archive(file)
                            .filter(folder -> read)
                            .map(folder -> new VerifyArchive(new ArchiveFolder(folder), store))
                            .map(own -> own.run(more -> progress.to(0, before[0] + more)));
            return new CheckedStore(report, archive, from());
        }
    }

    private String from() {
        if (db == null) {
            return "";
        }
        // A password is not repeated.
        return db.matches("[^/]*://[^/@]*:.*@.*") ? "--from … " : "--from '" + db + "' ";
    }

    /**
     * The archive of that store: where a store is named, only the one beside it is known as its.
     */
    private Optional<Path> archive(StoreFile file) {
        return file.config()
                .archive()
                .filter(folder -> db == null || folder.equals(Path.of(db + ".feed")))
                .filter(Files::isDirectory);
    }

    private boolean check(String name) throws IOException {
        if (against != null || byOrder) {
            throw new ConfigException(List.of("A backup is not compared --against anything."));
        }
        StoreFile file = StoreFile.of(db);
        Backup chosen = ChosenBackup.of(file.config(), name);
        long size = chosen.file().toFile().length();
        Backup checked;
        try (BackupProgress progress =
                new BackupProgress(spec.commandLine().getErr(), "verify", size)) {
            checked = check(file, chosen, progress);
        }
        print(json ? BackupLines.json(checked) : BackupLines.whole(checked));
        return checked.isVerified();
    }

    private static Backup check(StoreFile file, Backup chosen, BackupProgress progress)
            throws IOException {
        KeepBackups backups = Wiring.backups(file.config(), StoreKit.opener(file.config()));
        if (!file.exists()) {
            return backups.check(chosen, Optional.empty(), progress);
        }
        try (Store store = file.openBeside()) {
            return backups.check(chosen, Optional.of(store), progress);
        }
    }

    private boolean compare(StoreFile one, StoreFile other) throws IOException {
        if (one.isSame(other)) {
            String what = "--against names the store itself; name another to compare it with.";
            throw new ConfigException(List.of(what));
        }
        CompareStores.Places places =
                byOrder ? CompareStores.Places.COUNTED : CompareStores.Places.KEPT;
        try (Store store = one.openExisting();
                Store second = other.openExisting();
                Progress progress = progress()) {
            CompareStores.Report report =
                    new CompareStores(store, second)
                            .run(
                                    places,
                                    Wiring.clock().instant().minus(ForgetReceipts.REMEMBERED),
                                    looked -> progress.to(0, looked));
            Comparison found = new Comparison(report, one.config().place(), other.config().place());
            print(json ? found.json() : found.text());
            return report.equal();
        }
    }

    private Progress progress() {
        return Progress.ofChecks(spec.commandLine().getErr(), "verify");
    }

    private void print(String report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(report);
        out.flush();
    }
}
