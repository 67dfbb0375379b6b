package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.BackupParts;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.StorePlace;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.CopyAnonymised;
import dev.rocket.core.operation.ReplayArchive;
import dev.rocket.core.operation.RestoreBackup;
import dev.rocket.core.operation.RestoreInto;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a backup into a store's file again. */
@Command(
        name = "restore",
        description = "Turn a backup into a database again; never over one that is there.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The backup is copied beside the target, opened and checked against its own",
            "feed and its note; then it takes the target's name in one step. A target that",
            "is there is refused, so move a broken database away first, with its -wal and",
            "-shm files, and keep them until the restored one has proved itself.",
            "",
            "  rocket restore latest              the newest verified one, to ROCKET_DB_PATH",
            "  rocket restore latest --to try.db  somewhere else",
            "  rocket restore --at 2031-05-01T12:00:00Z --to then.db",
            "  rocket restore latest --anonymise --to staging.db",
            "  rocket restore rocket-000007-20310501T030000Z.db",
            "  rocket restore /mnt/usb/rocket-000007-20310501T030000Z.db",
            "",
            "Into Postgres, which --to or ROCKET_DATABASE_URL names, it goes by way of a file",
            "beside the backups: all of it is loaded and compared before the store is put in",
            "charge. The schema must hold nothing; what a restore that was cut off left there",
            "no server takes for a store, and the next restore throws it away. The password",
            "never stands on the command line: put the address into ROCKET_DATABASE_URL,",
            "ROCKET_TARGET_URL (then --to alone suffices) or a file, or add --password.",
            "",
            "  rocket restore latest --to postgres://rocket@db/tasks --password",
            "",
            "With --at the newest verified backup from before that is taken, unless one is",
            "named, and the archive of the feed is replayed on it: up to a place in the",
            "feed (Seq), or up to the last change made by an instant.",
            "",
            "With --offsite backup and archive come from ROCKET_OFFSITE, so a machine that",
            "holds nothing suffices. It needs the same settings as the one that was lost,",
            "ROCKET_OFFSITE_KEY above all, and space for the archive beside the target. The",
            "first of these brings back all that got off-site:",
            "",
            "  rocket restore --offsite --at $(date -u +%FT%TZ)",
            "  rocket restore --offsite            the newest verified backup alone",
            "  rocket restore --offsite rocket-000007-20310501T030000Z.db --to try.db",
            "",
            "With --anonymise what stands at the target has the same entities, past, dates",
            "and links, but other words and names, and no token that anybody knows; make",
            "one with: rocket token create.",
            "",
            "Exit code 0 when it is restored, 3 when that could not be compared with what",
            "the store held, 1 when it failed; nothing is at the target then."
        })
public final class Restore implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "BACKUP",
            description = "latest, a name that `rocket backups` lists, or a path with a /.")
    private String backup = ChosenBackup.LATEST;

    @Option(
            names = "--to",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "STORE",
            description = "File or postgres://… to restore to, instead of the settings' store.")
    private @Nullable String to;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            description = "Ask for the password of the target's database.")
    private @Nullable String password;

    @Option(names = "--db", description = "The database whose backups these are.")
    private @Nullable String db;

    @Option(
            names = "--at",
            paramLabel = "SEQ|INSTANT",
            description = "Go on from the backup to there, by the archive of the feed.")
    private @Nullable String at;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Folder of that archive, instead of the settings'.")
    private @Nullable Path archive;

    @Option(names = "--offsite", description = "Fetch backup and archive from ROCKET_OFFSITE.")
    private boolean offsite;

    @Option(
            names = "--anonymise",
            description = "Replace what people wrote, and all tokens; for staging.")
    private boolean anonymise;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Config config = StoreFile.of(db).config();
        Optional<ReplayArchive.Until> until = Optional.ofNullable(at).map(Restore::until);
        Backup chosen = chosen(config, until);
        StoreFile target = target();
        long size =
                offsite
                        ? chosen.note().orElseThrow().file().count()
                        : chosen.file().toFile().length();
        RestoreBackup.Restored restored;
        try (BackupProgress progress =
                new BackupProgress(spec.commandLine().getErr(), "restore", size)) {
            restored = restore(config, target, chosen, until, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(restored, target) : text(restored, target));
        out.flush();
        return restored.verdict() == Verdict.VERIFIED ? 0 : 3;
    }

    private Backup chosen(Config config, Optional<ReplayArchive.Until> until) throws IOException {
        if (offsite) {
            PrintWriter err = spec.commandLine().getErr();
            return ChosenBackup.elsewhere(
                    elsewhere(config),
                    backup,
                    until,
                    trouble -> err.println("rocket: " + trouble.getMessage()));
        }
        return until.isPresent() && backup.equals(ChosenBackup.LATEST)
                ? ChosenBackup.before(config, until.get())
                : ChosenBackup.of(config, backup);
    }

    private static Elsewhere elsewhere(Config config) {
        return new Elsewhere(config, "--offsite");
    }

    private RestoreBackup.Restored restore(
            Config config,
            StoreFile target,
            Backup chosen,
            Optional<ReplayArchive.Until> until,
            BackupProgress progress)
            throws IOException {
        Backups opener = StoreKit.opener(config);
        RestoreBackup restore = new RestoreBackup(opener);
        if (offsite) {
            restore = restore.fetching(elsewhere(config)::fetch);
        }
        if (until.isPresent()) {
            restore =
                    restore.continuing(
                            (store, work) -> {
                                Path folder = archive(config, store, work, progress);
                                replay(store, folder, until.get(), progress);
                            });
        }
        if (anonymise) {
            restore = restore.remaking(Restore::anonymise);
        }
        Optional<Path> file = target.config().file();
        if (file.isPresent()) {
            return restore.run(chosen, file.get(), progress);
        }
        return new RestoreInto(restore, opener, BackupParts.folder(config), Wiring.clock())
                .run(chosen, new StorePlace(target.config(), Meter.NONE), progress);
    }

    /** The folder of the archive; what is off-site comes into a passing one. */
    private Path archive(Config config, Store store, Path work, BackupWatch watch) {
        if (archive != null || !offsite) {
            return archive != null ? archive : config.archiveFolder();
        }
        Path fetched = work.resolve("feed");
        watch.at(BackupWatch.Step.FETCHING, 0);
        elsewhere(config)
                .archive(store.head(), fetched, got -> watch.at(BackupWatch.Step.FETCHING, got));
        return fetched;
    }

    private static ReplayArchive.Until until(String text) {
        if (text.matches("\\d{1,18}")) {
            return new ReplayArchive.Place(new Seq(Long.parseLong(text)));
        }
        try {
            return new ReplayArchive.Moment(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new ConfigException(
                    List.of(
                            "--at must be a place in the feed, such as 4711, or an instant, such as"
                                    + " 2031-05-01T12:00:00Z."));
        }
    }

    private static void replay(
            Store store, Path archive, ReplayArchive.Until until, BackupWatch watch) {
        if (!Files.isDirectory(archive)) {
            String what =
                    archive + " holds no archive of the feed; name its folder with --archive.";
            throw new StoreException(StoreException.Kind.UNAVAILABLE, what);
        }
        ReplayArchive.Replayed done =
                new ReplayArchive(new ArchiveFolder(archive), store)
                        .run(until, changes -> watch.at(BackupWatch.Step.REPLAYING, changes));
        if (until instanceof ReplayArchive.Place place && place.seq().isAfter(done.last())) {
            String what = "The archive in " + archive + " ends at Seq " + done.last().value();
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, what + "; name that or an earlier place.");
        }
    }

    private static void anonymise(Store from, Path file) {
        try (Loader loader = StoreKit.loader(file)) {
            new CopyAnonymised(from, new SecureRandom()).run(loader, written -> {});
        }
    }

    private StoreFile target() {
        StoreFile target = to != null ? StoreFile.target(to) : StoreFile.of(db);
        return password != null ? target.withPassword(password) : target;
    }

    private static String text(RestoreBackup.Restored restored, StoreFile target) {
        return "Restored to "
                + target.config().place()
                + "\nverdict   "
                + restored.verdict().wire()
                + ": "
                + restored.why()
                + "\nseq       "
                + restored.report().seq().value()
                + "\nentities  "
                + restored.report().digest().count()
                + "\ndigest    "
                + restored.report().digest().print();
    }

    private static String json(RestoreBackup.Restored restored, StoreFile target) {
        StringBuilder out = new StringBuilder();
        new JsonOut(out)
                .begin()
                .text(
                        target.config().file().isPresent() ? "file" : "place",
                        target.config().place())
                .plain("verdict", restored.verdict().wire())
                .text("why", restored.why())
                .number("seq", restored.report().seq().value())
                .number("entities", restored.report().digest().count())
                .plain("digest", restored.report().digest().print())
                .end();
        return out.toString();
    }
}
