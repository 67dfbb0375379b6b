package dev.rocket.sqlite;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file, and a folder of its backups, by a clock that a test sets. */
abstract class BackupGround extends Contract {

    static final int KEEP = 3;

    @TempDir Path folder;
    Instant now = NOW;

    @Override
    protected final Store open() {
        return SqliteStore.open(config(), Meter.NONE);
    }

    final SqliteConfig config() {
        return SqliteConfig.at(folder.resolve("rocket.db"));
    }

    final BackupFolder kept() {
        return new BackupFolder(folder.resolve("backups"));
    }

    final KeepBackups keeper() {
        return keeper(FileBackups.of(config()));
    }

    final KeepBackups keeper(Backups backups) {
        return new KeepBackups(backups, kept(), KEEP, () -> now);
    }

    final KeepBackups.Run backup() throws IOException {
        return keeper().run(store(), BackupWatch.NONE);
    }

    final List<String> names(Verdict verdict) throws IOException {
        return kept().list().stream()
                .filter(one -> one.verdict() == verdict)
                .map(Backup::name)
                .toList();
    }

    /** What is in the folder and is neither a backup, its note nor the lock. */
    final List<String> strays() throws IOException {
        try (Stream<Path> files = Files.list(kept().path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.matches("rocket-.*\\.(db|json)|\\.lock"))
                    .toList();
        }
    }

    /** Turns one bit of a file around. */
    static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 0x20);
        }
    }
}
