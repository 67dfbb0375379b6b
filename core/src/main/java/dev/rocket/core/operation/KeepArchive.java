package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Vault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Letting the oldest segments of the feed's archive go.
 *
 * <p>A segment goes, here and off-site, when it was sealed long enough ago, lies wholly before the
 * oldest verified backup that is kept anywhere, and all before it go as well. Without a verified
 * backup nothing goes, and here nothing goes that is not off-site yet. An anchor is made durable
 * before the first segment goes, so the chain can be proven at any instant, and a run that was
 * interrupted is completed by the next.
 */
public final class KeepArchive {

    /** How long a run waits for whoever archives at the moment. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final ArchiveFolder folder;
    private final BackupFolder backups;
    private final Optional<Vault> vault;
    private final Age age;

    /**
     * How old is old.
     *
     * @param keep how long segments are kept at least
     * @param clock tells the time
     * @param pause lets time pass
     */
    public record Age(Duration keep, InstantSource clock, RunUpkeep.Pause pause) {}

    /**
     * Lets segments go.
     *
     * @param backups those that are restored from
     * @param vault the place off-site, when there is one
     */
    public KeepArchive(ArchiveFolder folder, BackupFolder backups, Optional<Vault> vault, Age age) {
        this.folder = folder;
        this.backups = backups;
        this.vault = vault;
        this.age = age;
    }

    /** It as maintenance. */
    public Chore chore(Timetable timetable) {
        String about = "lets the oldest segments of the archive go";
        return new Chore("archive", about, timetable, lease -> run(lease::checkpoint));
    }

    /**
     * Lets go what nobody needs any more.
     *
     * @param checkpoint is called between two steps; what it throws ends the run
     * @throws StoreException with CORRUPT when the chain is damaged where it would be cut, LOCKED
     *     when somebody else works in the folder for long
     * @throws dev.rocket.core.port.VaultException when the place off-site failed
     */
    public Outcome run(Runnable checkpoint) throws IOException, InterruptedException {
        folder.make();
        Path work = folder.work();
        Optional<Seq> oldest = new OldestBackup(backups, vault, work).seq();
        if (oldest.isEmpty()) {
            return Outcome.skipped("there is no verified backup, so every segment stays");
        }
        Seq needed = oldest.get();
        Instant before = age.clock().instant().minus(age.keep());
        Optional<ArchiveOffsite> offsite = vault.map(there -> new ArchiveOffsite(folder, there));
        checkpoint.run();
        int here = here(before, needed, offsite, checkpoint);
        long there =
                vault.map(place -> new ShortenOffsite(folder, place))
                        .map(place -> place.drop(item -> isOld(item, before, needed)))
                        .orElse(0L);
        String detail =
                here
                        + " segments let go"
                        + (vault.isPresent() ? ", " + there + " off-site" : "")
                        + "; a backup needs what is behind Seq "
                        + needed.value();
        return here + there > 0 ? Outcome.done(detail) : Outcome.skipped(detail);
    }

    private static boolean isOld(Vault.Item item, Instant before, Seq needed) {
        Optional<Segment> segment = Segment.of(Path.of(item.name()));
        return !item.at().isAfter(before)
                && segment.filter(one -> needed.isAfter(one.last())).isPresent();
    }

    private int here(
            Instant before, Seq needed, Optional<ArchiveOffsite> offsite, Runnable checkpoint)
            throws IOException, InterruptedException {
        FileChannel held = hold(checkpoint);
        try {
            // The newest one that is off-site stays: whoever goes on there looks for it.
            long below = offsite.isPresent() ? offsite.get().copied() : Long.MAX_VALUE;
            long upTo = 0;
            for (Segment segment : folder.segments()) {
                Instant sealed = Files.getLastModifiedTime(segment.file()).toInstant();
                if (sealed.isAfter(before)
                        || !needed.isAfter(segment.last())
                        || segment.number() >= below) {
                    break;
                }
                upTo = segment.number();
            }
            return folder.drop(upTo);
        } finally {
            held.close();
        }
    }

    private FileChannel hold(Runnable checkpoint) throws IOException, InterruptedException {
        Duration waited = Duration.ZERO;
        while (true) {
            try {
                return folder.hold();
            } catch (StoreException e) {
                if (waited.compareTo(PATIENCE) >= 0) {
                    throw e;
                }
            }
            age.pause().rest(LOOK);
            waited = waited.plus(LOOK);
            checkpoint.run();
        }
    }
}
