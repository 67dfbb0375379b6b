package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which copies stay off-site; notes are all that counts for that. */
class KeepOffsiteTest {

    private static final int KEEP = 2;
    private static final Instant MADE = Instant.parse("2031-05-01T03:00:00Z");

    @TempDir private Path temporary;
    private final MemoryVault vault = new MemoryVault(MADE);

    private BackupFolder folder(String server) {
        return new BackupFolder(temporary.resolve(server));
    }

    /** A verified backup of a server, made some days on, at a place. */
    private String backup(String server, int number, int days, long seq) throws IOException {
        Instant made = MADE.plus(Duration.ofDays(days));
        Path file = folder(server).path().resolve("rocket-%06d-20310501T030000Z".formatted(number));
        Files.createDirectories(folder(server).path());
        String sha = "%064d".formatted(1_000L * days + seq);
        BackupNote note =
                new BackupNote(
                        new Seq(seq),
                        made,
                        "sqlite",
                        new BackupNote.Bytes(0, sha),
                        Optional.empty(),
                        new BackupNote.Check(Verdict.VERIFIED, made, "for a test"));
        Files.writeString(Path.of(file + ".json"), note.print());
        Files.writeString(Path.of(file + ".db"), "");
        return file.getFileName() + ".db";
    }

    private KeepOffsite offsite(String server) {
        return new KeepOffsite(folder(server), vault, temporary, KEEP);
    }

    private List<String> there() throws IOException {
        return new OffsiteBackups(vault, temporary)
                        .list(
                                trouble -> {
                                    throw trouble;
                                })
                        .stream()
                        .map(Backup::name)
                        .toList();
    }

    @Test
    void they_are_ordered_by_when_they_were_made_whatever_their_numbers() throws IOException {
        String second = backup("one", 100, 2, 20);
        offsite("one").run(() -> {});
        String third = backup("two", 1, 3, 30);
        String first = backup("two", 2, 1, 10);
        offsite("two").run(() -> {});
        assertEquals(List.of(second, third), there(), first + " is older than both");
    }

    @Test
    void what_was_made_while_a_clock_was_ahead_lets_nothing_newer_go() throws IOException {
        String ahead = backup("one", 1, 9_000, 10);
        String aheadToo = backup("one", 2, 9_001, 20);
        offsite("one").run(() -> {});
        String newest = backup("one", 3, 1, 30);
        offsite("one").run(() -> {});
        assertEquals(List.of(newest, ahead, aheadToo), there());
    }

    @Test
    void a_store_that_was_taken_back_keeps_its_new_backups() throws IOException {
        String before = backup("one", 1, 1, 1_000);
        String beforeToo = backup("one", 2, 2, 1_001);
        offsite("one").run(() -> {});
        String newest = backup("one", 3, 3, 500);
        offsite("one").run(() -> {});
        assertEquals(List.of(before, beforeToo, newest), there());
        String passed = backup("one", 4, 4, 1_002);
        backup("one", 5, 5, 1_003);
        offsite("one").run(() -> {});
        assertEquals(passed, there().getFirst());
    }

    @Test
    void a_note_that_is_damaged_there_hinders_no_copy_and_is_told() throws IOException {
        String old = backup("one", 1, 1, 10);
        offsite("one").run(() -> {});
        Path damaged = Files.writeString(temporary.resolve("damaged"), "no note");
        vault.put("backups/" + old.replace(".db", ".json"), damaged, over -> {});
        String newer = backup("two", 2, 2, 20);
        KeepOffsite two = offsite("two");
        VaultException told = assertThrows(VaultException.class, () -> two.run(() -> {}));
        assertEquals(VaultException.Kind.CORRUPT, told.kind());
        assertEquals(
                List.of(old, newer),
                new OffsiteBackups(vault, temporary)
                        .list(trouble -> {}).stream().map(Backup::name).toList());
    }

    @Test
    void another_backup_of_the_same_name_is_not_replaced_but_told() throws IOException {
        backup("one", 1, 1, 10);
        offsite("one").run(() -> {});
        List<Vault.Item> before = vault.items("", "");
        backup("two", 1, 2, 20);
        KeepOffsite two = offsite("two");
        VaultException told = assertThrows(VaultException.class, () -> two.run(() -> {}));
        assertEquals(VaultException.Kind.REFUSED, told.kind());
        assertEquals(before, vault.items("", ""));
    }
}
