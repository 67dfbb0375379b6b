package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The check whether a good backup is there, and new enough.
 *
 * @param folder of the backups
 * @param at when one is made by itself
 * @param zone whose local time that means
 */
public record CheckBackups(BackupFolder folder, Timetable at, ZoneId zone) {

    private static final String NAME = "backups";
    private static final String REMEDY = "rocket backup";

    /** A backup may come that much later than it was appointed for. */
    static final Duration GRACE = Duration.ofHours(6);

    /** How old the newest may be when none is appointed. */
    static final Duration OLD = Duration.ofHours(36);

    /**
     * Looks.
     *
     * @param store whose backups they are; empty when it cannot be read
     * @param known tells whether another server made a newer one; empty when there are no others
     */
    public List<Finding> look(Optional<Store> store, Optional<NewestBackup> known, Instant now) {
        List<Backup> all = list();
        Optional<Backup> newest = all.reversed().stream().filter(Backup::isVerified).findFirst();
        Supplier<Finding> here =
                () ->
                        newest.isPresent()
                                ? newest(newest.get(), all, now)
                                : none(store.flatMap(CheckBackups::beginning), now);
        List<Finding> findings = new ArrayList<>();
        Optional<Job.Run> elsewhere = known.flatMap(NewestBackup::elsewhere);
        findings.add(elsewhere.map(run -> elsewhere(run, now)).orElseGet(here));
        long from = newest.map(all::indexOf).orElse(-1);
        for (int i = 0; i < all.size(); i++) {
            doubtful(all.get(i), i > from).ifPresent(findings::add);
        }
        return List.copyOf(findings);
    }

    private List<Backup> list() {
        try {
            return folder.list();
        } catch (IOException e) {
            throw new UncheckedIOException(folder.path() + " cannot be listed: " + e, e);
        }
    }

    /** Since when a store has held anything that could be backed up; empty while it is new. */
    public static Optional<Instant> beginning(Store store) {
        return store.read(s -> s.changes(Seq.START, 1)).stream().findFirst().map(Change::at);
    }

    private Instant due(Instant after) {
        return at.after(after, zone).map(next -> next.plus(GRACE)).orElse(after.plus(OLD));
    }

    private Finding none(Optional<Instant> beginning, Instant now) {
        String place = " in " + folder.path();
        if (beginning.isEmpty()) {
            return Finding.ok(NAME, "none" + place + ", and nothing is known to be backed up");
        }
        if (now.isBefore(due(beginning.get()))) {
            String when = at.after(now, zone).map(next -> "due at " + next).orElse("never due");
            return Finding.ok(NAME, "none yet" + place + "; the first is " + when);
        }
        Duration age = Duration.between(beginning.get(), now);
        String what = "none is verified" + place + ", and the store is " + Age.print(age) + " old";
        return Finding.failed(NAME, what, REMEDY);
    }

    private Finding newest(Backup newest, List<Backup> all, Instant now) {
        BackupNote note = newest.note().orElseThrow();
        Duration age = Duration.between(note.made(), now);
        long verified = all.stream().filter(Backup::isVerified).count();
        String what =
                verified
                        + " verified, the newest "
                        + (age.isNegative() ? "from the future" : Age.print(age) + " old")
                        + ", "
                        + Size.print(note.file().count())
                        + ", place "
                        + note.seq().value();
        return now.isAfter(due(note.made()))
                ? Finding.failed(NAME, what + ": a newer one is overdue", REMEDY)
                : Finding.ok(NAME, what);
    }

    private Finding elsewhere(Job.Run run, Instant now) {
        Duration age = Duration.between(run.started(), now);
        String what =
                run.by()
                        + " made the newest, "
                        + (age.isNegative() ? "in the future" : Age.print(age) + " ago")
                        + "; rocket doctor there tells more";
        return now.isAfter(due(run.started()))
                ? Finding.failed(NAME, what + ": a newer one is overdue", REMEDY)
                : Finding.ok(NAME, what);
    }

    /** What is to be said of one that is not verified; one that came later counts more. */
    private static Optional<Finding> doubtful(Backup backup, boolean isNewest) {
        String what = backup.name() + " is " + backup.verdict().wire() + ": " + backup.why();
        if (backup.isVerified()) {
            return Optional.empty();
        }
        if (backup.verdict() == Verdict.UNVERIFIED) {
            String remedy = "rocket verify " + backup.name();
            return Optional.of(Finding.warning(NAME, what, remedy));
        }
        return Optional.of(
                isNewest
                        ? Finding.failed(NAME, what, REMEDY)
                        : Finding.warning(NAME, what, "rm '" + backup.file() + "'"));
    }
}
