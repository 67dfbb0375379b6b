package dev.rocket.bootstrap.command;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.Age;
import dev.rocket.core.operation.Backup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Backups in words and as JSON. */
final class BackupLines {

    private BackupLines() {}

    /** Several lines about one, the first its name. */
    static String whole(Backup backup) {
        StringBuilder text = new StringBuilder(backup.name());
        text.append("\nverdict   ").append(backup.verdict().wire()).append(": ");
        text.append(backup.why());
        if (backup.note().isPresent()) {
            BackupNote note = backup.note().get();
            text.append("\nseq       ").append(note.seq().value());
            note.digest().ifPresent(all -> text.append("\nentities  ").append(all.count()));
            note.digest().ifPresent(all -> text.append("\ndigest    ").append(all.print()));
            text.append("\nsize      ").append(size(note.file().count()));
            text.append("\nmade      ").append(note.made()).append(" from ").append(note.engine());
        }
        return text.toString();
    }

    /** A table of some, the newest first. */
    static String table(List<Backup> backups, Instant now) {
        StringBuilder text = new StringBuilder();
        text.append(row("name", "seq", "age", "size", "verdict"));
        for (Backup backup : backups.reversed()) {
            String seq = backup.note().map(note -> Long.toString(note.seq().value())).orElse("?");
            String age = backup.note().map(note -> age(note.made(), now)).orElse("?");
            long bytes =
                    backup.note()
                            .map(note -> note.file().count())
                            .orElseGet(() -> backup.file().toFile().length());
            String size = size(bytes);
            text.append(row(backup.name(), seq, age, size, backup.verdict().wire()));
            if (!backup.isVerified()) {
                text.append("    ").append(backup.why()).append('\n');
            }
        }
        return text.toString().stripTrailing();
    }

    private static String row(String name, String... cells) {
        return "%-36s".formatted(name) + " %12s %8s %10s  %s%n".formatted((Object[]) cells);
    }

    /** One JSON object. */
    static String json(Backup backup) {
        StringBuilder out = new StringBuilder();
        JsonOut json = new JsonOut(out).begin();
        members(json, backup);
        json.end();
        return out.toString();
    }

    /** Writes what is known of one into an object. */
    static void members(JsonOut json, Backup backup) {
        json.text("name", backup.name());
        if (backup.file().isAbsolute()) {
            // One that is off-site is no file here.
            json.text("file", backup.file().toString());
        }
        if (backup.note().isPresent()) {
            backup.note().get().members(json);
        } else {
            json.plain("verdict", backup.verdict().wire()).text("why", backup.why());
        }
    }

    private static String age(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.isNegative() ? "ahead" : Age.print(age);
    }

    /** A size for people. */
    static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
