package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.ArchiveFeed.Lag;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The checks of the feed's archive and of the copies off-site. */
public final class CheckCopies {

    /** What is younger may be under way. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** What is older is as good as not copied. */
    static final Duration LATE = Duration.ofHours(1);

    /** How long a backup may take to get off-site. */
    static final Duration PASSAGE = Duration.ofHours(6);

    private CheckCopies() {}

    /**
     * How far the archive is behind the store.
     *
     * @param host this machine, as its servers tell it to people
     */
    public static List<Finding> archive(
            ArchiveFolder folder, Store store, String host, Instant now) {
        String name = "archive";
        try {
            Seq last = folder.end().last();
            Seq head = store.head();
            if (last.isAfter(head)) {
                String what = folder.path() + " ends at place " + last.value();
                String whose = what + ", and the store at " + head.value() + ": it is another's";
                return List.of(Finding.failed(name, whose, aside(folder)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder.path() + " cannot be read: " + e, e);
        }
        Lag lag = new ArchiveFeed(store, folder).lag(now);
        if (lag.places() == 0) {
            return List.of(Finding.ok(name, "nothing is behind, in " + folder.path()));
        }
        String what = lag.places() + " places behind, the oldest change ";
        String behind = what + Age.print(lag.time()) + " old, in " + folder.path();
        String remedy = "rocket serve; its log says why when it does not archive";
        if (lag.time().compareTo(GRACE) < 0) {
            return List.of(Finding.ok(name, behind));
        }
        Optional<String> elsewhere =
                ArchiveTurn.holder(store, now).filter(one -> !one.startsWith(host + "/"));
        if (elsewhere.isPresent()) {
            String ask = elsewhere.get() + " archives; rocket doctor there tells how far it is";
            return List.of(Finding.ok(name, ask + ". Here: " + behind));
        }
        return List.of(
                lag.time().compareTo(LATE) < 0
                        ? Finding.warning(name, behind, remedy)
                        : Finding.failed(name, behind, remedy));
    }

    private static String aside(ArchiveFolder folder) {
        return "mv '" + folder.path() + "' '" + folder.path() + ".other'";
    }

    /**
     * Whether the verified backups are off-site.
     *
     * @param command what copies them
     */
    public static List<Finding> offsite(KeepOffsite copies, String command, Instant now) {
        String name = "off-site";
        try {
            List<Backup> lacking = copies.lacking();
            long late = lacking.stream().filter(one -> isLate(one, now)).count();
            String what = lacking.size() + " verified backups are not there";
            if (late > 0) {
                String why = what + ", " + late + " of them older than " + Age.print(PASSAGE);
                return List.of(Finding.failed(name, why, command));
            }
            String well = lacking.isEmpty() ? "every verified backup is there" : what + " yet";
            return List.of(Finding.ok(name, well));
        } catch (VaultException e) {
            return List.of(Finding.failed(name, String.valueOf(e.getMessage()), command));
        } catch (IOException e) {
            throw new UncheckedIOException("the backups cannot be listed: " + e, e);
        }
    }

    private static boolean isLate(Backup backup, Instant now) {
        return backup.note().filter(note -> note.made().plus(PASSAGE).isBefore(now)).isPresent();
    }

    /** Whether the archive is off-site, as it was noted beside it. */
    public static List<Finding> offsite(ArchiveOffsite archive, Instant now) {
        String name = "off-site";
        long behind = archive.behind(now.minus(LATE));
        String what = behind + " segments of the archive are not there, for more than ";
        String remedy = "rocket serve; its log says why when they are not copied";
        return List.of(
                behind == 0
                        ? Finding.ok(name, "every segment of the archive was copied")
                        : Finding.failed(name, what + Age.print(LATE), remedy));
    }
}
