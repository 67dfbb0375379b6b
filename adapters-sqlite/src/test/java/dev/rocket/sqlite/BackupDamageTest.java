package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.RestoreBackup;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that was damaged is neither called verified nor restored. */
final class BackupDamageTest extends BackupGround {

    private Backup made = new Backup(Path.of(""), Optional.empty());

    @BeforeEach
    void makeOne() throws IOException {
        for (int i = 0; i < 40; i++) {
            put(task("task number " + i));
        }
        made = backup().made();
        assertTrue(made.isVerified(), made.why());
    }

    private Verdict check() throws IOException {
        Backup found = BackupFolder.at(made.file());
        return keeper().check(found, Optional.of(store()), BackupWatch.NONE).verdict();
    }

    private void assertNotRestored() {
        Path target = folder.resolve("target.db");
        RestoreBackup restore = new RestoreBackup(FileBackups.of(config()));
        assertThrows(StoreException.class, () -> restore.run(made, target, BackupWatch.NONE));
        assertFalse(Files.exists(target));
    }

    @Test
    void a_sound_one_is_verified_again() throws Exception {
        assertEquals(Verdict.VERIFIED, check());
    }

    @Test
    void any_flipped_byte_is_found() throws Exception {
        long size = Files.size(made.file());
        Random random = new Random(seed("BackupDamageTest"));
        for (int i = 0; i < 25; i++) {
            long at = i == 0 ? 0 : i == 1 ? size - 1 : random.nextLong(size);
            flip(made.file(), at);
            assertNotRestored();
            assertEquals(Verdict.FAILED, check(), "byte " + at);
            flip(made.file(), at);
        }
        assertEquals(Verdict.VERIFIED, check());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4_096, 20_000})
    void a_truncated_one_is_found(long bytes) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(made.file().toFile(), "rw")) {
            file.setLength(file.length() - bytes);
        }
        assertNotRestored();
        assertEquals(Verdict.FAILED, check());
    }

    @Test
    void an_empty_one_is_found() throws Exception {
        Files.write(made.file(), new byte[0]);
        assertNotRestored();
        assertEquals(Verdict.FAILED, check());
    }

    /** The checksum is not the only guard: here the note is made to fit the damage. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE task SET image = replace(image, 'number 7', 'number 8')",
                "DELETE FROM task WHERE row = 3",
                "DELETE FROM change WHERE seq = 40",
                "UPDATE change SET actor_name = 'somebody' WHERE seq = 5",
                "DROP TABLE task",
                "PRAGMA application_id = 1",
            })
    void damage_that_the_checksum_does_not_tell_is_found(String damage) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + made.file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(damage);
        }
        BackupNote told = made.note().orElseThrow();
        note(
                new BackupNote(
                        told.seq(),
                        told.made(),
                        told.engine(),
                        bytes(),
                        Optional.empty(),
                        told.check()));
        assertNotEquals(Verdict.VERIFIED, check(), damage);
    }

    @Test
    void a_note_with_another_digest_is_found() throws Exception {
        BackupNote told = made.note().orElseThrow();
        note(told.withDigest(told.digest().orElseThrow().plus(told.digest().orElseThrow())));
        assertEquals(Verdict.FAILED, check());
    }

    private void note(BackupNote note) throws IOException {
        String name = made.name().replace(".db", ".json");
        Files.writeString(made.file().resolveSibling(name), note.print());
    }

    private Bytes bytes() throws Exception {
        byte[] all = Files.readAllBytes(made.file());
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(all);
        return new Bytes(all.length, HexFormat.of().formatHex(sha));
    }
}
