package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A copy of a whole store at one place, in a folder.
 *
 * @param file the copy itself
 * @param note what stands beside it; empty when nothing does, or nothing that can be read
 */
public record Backup(Path file, Optional<BackupNote> note) {

    /** What it is called. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** What is known of it; without a note nothing is. */
    public Verdict verdict() {
        return note.map(BackupNote::verdict).orElse(Verdict.UNVERIFIED);
    }

    /** Why it is judged so, for people. */
    public String why() {
        return note.map(some -> some.check().why()).orElse("no note that can be read is beside it");
    }

    /** Whether it may be counted on. */
    public boolean isVerified() {
        return verdict() == Verdict.VERIFIED;
    }
}
