package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.KeepOffsite;
import dev.rocket.core.operation.Outcome;
import dev.rocket.core.port.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Copies of backups that are kept elsewhere. */
final class KeepOffsiteTest extends BackupGround {

    private final MemoryVault vault = new MemoryVault(NOW);

    private Outcome keep() throws IOException {
        return new KeepOffsite(kept(), vault, folder, KEEP).run(() -> {});
    }

    private List<String> there() {
        return vault.items("backups/", "").stream().map(Vault.Item::name).toList();
    }

    private List<String> expected(List<String> backups) {
        return backups.stream()
                .flatMap(name -> List.of(name, name.replace(".db", ".json")).stream())
                .map(name -> "backups/" + name)
                .toList();
    }

    @Test
    void verified_backups_are_there_with_their_notes_and_no_others() throws IOException {
        put(task("one"));
        backup();
        put(task("two"));
        Backup damaged = backup().made();
        flip(damaged.file(), Files.size(damaged.file()) / 2);
        keeper().check(damaged, Optional.of(store()), (step, done) -> {});
        assertEquals(1, names(Verdict.FAILED).size());
        assertEquals(Job.Result.OK, keep().result());
        assertEquals(expected(names(Verdict.VERIFIED)), there());
        Path back = folder.resolve("back.db");
        vault.fetch(there().getFirst(), back, over -> {});
        Path own = kept().list().getFirst().file();
        assertArrayEquals(Files.readAllBytes(own), Files.readAllBytes(back));
        assertEquals(Job.Result.SKIPPED, keep().result(), "nothing is copied twice");
    }

    @Test
    void as_many_are_kept_there_as_here() throws IOException {
        for (int i = 0; i < KEEP + 2; i++) {
            put(task("task " + i));
            backup();
            keep();
        }
        assertEquals(KEEP, names(Verdict.VERIFIED).size());
        assertEquals(expected(names(Verdict.VERIFIED)), there());
    }

    @Test
    void a_folder_that_lost_its_backups_takes_none_from_there() throws IOException {
        for (int i = 0; i < KEEP; i++) {
            put(task("task " + i));
            backup();
        }
        keep();
        List<String> before = there();
        Files.move(kept().path(), folder.resolve("lost"));
        assertEquals(Job.Result.SKIPPED, keep().result());
        assertEquals(before, there());
    }

    @Test
    void how_old_the_newest_one_there_is_can_be_told() throws IOException {
        KeepOffsite offsite = new KeepOffsite(kept(), vault, folder, KEEP);
        assertEquals(Optional.empty(), offsite.newest());
        put(task("one"));
        Backup made = backup().made();
        assertEquals(Optional.empty(), offsite.newest());
        keep();
        assertEquals(made.note().map(BackupNote::made), offsite.newest());
        KeepOffsite elsewhere =
                new KeepOffsite(kept(), new MemoryVault(Instant.EPOCH), folder, KEEP);
        assertEquals(Optional.empty(), elsewhere.newest());
    }

    @Test
    void a_run_that_is_ended_goes_on_later() throws IOException {
        put(task("one"));
        backup();
        KeepOffsite offsite = new KeepOffsite(kept(), vault, folder, KEEP);
        IllegalStateException ended = new IllegalStateException("the server stops");
        assertThrows(
                IllegalStateException.class,
                () ->
                        offsite.run(
                                () -> {
                                    throw ended;
                                }));
        keep();
        assertEquals(expected(names(Verdict.VERIFIED)), there());
    }

    /** Another server of the same store, with a folder of its own. */
    private BackupFolder other() {
        return new BackupFolder(folder.resolve("other"));
    }

    private Backup backupThere() throws IOException {
        return new KeepBackups(FileBackups.of(config()), other(), KEEP, () -> now)
                .run(store(), BackupWatch.NONE)
                .made();
    }

    private Outcome keepThere() throws IOException {
        return new KeepOffsite(other(), vault, folder, KEEP).run(() -> {});
    }

    /** As many as are kept, numbered as if a hundred had been made. */
    private void manyBackups() throws IOException {
        for (int i = 0; i < KEEP; i++) {
            now = now.plusSeconds(60);
            put(task("task " + i));
            Backup made = backup().made();
            String high = made.name().replace("rocket-00000", "rocket-00010");
            Files.move(noteOf(made.name()), noteOf(high));
            Files.move(made.file(), made.file().resolveSibling(high));
        }
        assertEquals(KEEP, names(Verdict.VERIFIED).size());
    }

    private Path noteOf(String name) {
        return kept().path().resolve(name.replace(".db", ".json"));
    }

    @Test
    void newer_ones_of_another_server_stay_though_its_numbers_are_lower() throws IOException {
        manyBackups();
        keep();
        now = now.plusSeconds(60);
        String newest = backupThere().name();
        keepThere();
        assertEquals(Job.Result.SKIPPED, keep().result(), "what would go at once is not copied");
        List<String> stay = new ArrayList<>(List.of(newest));
        stay.addAll(names(Verdict.VERIFIED).subList(1, KEEP));
        assertEquals(expected(stay), there());
        assertEquals(List.of(), new KeepOffsite(kept(), vault, folder, KEEP).lacking());
    }

    @Test
    void the_copies_of_a_machine_that_was_replaced_go_in_their_turn() throws IOException {
        manyBackups();
        keep();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < KEEP; i++) {
            now = now.plusSeconds(60);
            made.add(backupThere().name());
            keepThere();
            assertEquals(2 * KEEP, there().size());
        }
        assertEquals(expected(made), there());
    }
}
