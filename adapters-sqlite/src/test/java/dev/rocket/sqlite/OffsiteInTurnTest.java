package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.KeepOffsite;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.NewestBackup;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Two servers of one store with a folder each, and one place off-site.
 *
 * <p>Goal: the newest backup gets there, whichever server made it and whichever looks first.
 */
final class OffsiteInTurnTest extends BackupGround {

    private static final Duration DAY = Duration.ofDays(1);

    private final Place vault = new Place(new MemoryVault(NOW));

    /** A place that can be out of reach. */
    private static final class Place implements Vault {

        private final Vault within;
        private boolean reached = true;

        Place(Vault within) {
            this.within = within;
        }

        @Override
        public List<Item> items(String prefix, String after) {
            return within.items(prefix, after);
        }

        @Override
        public void put(String name, Path file, LongConsumer progress) {
            if (!reached) {
                throw new VaultException(VaultException.Kind.UNAVAILABLE, "out of reach");
            }
            within.put(name, file, progress);
        }

        @Override
        public void fetch(String name, Path target, LongConsumer progress) {
            within.fetch(name, target, progress);
        }

        @Override
        public void delete(String name) {
            within.delete(name);
        }
    }

    private BackupFolder folder(String server) {
        return new BackupFolder(folder.resolve(server));
    }

    private NewestBackup newest(String server) {
        return new NewestBackup(store(), folder(server));
    }

    private MaintenanceScheduler server(String name) {
        return server(name, FileBackups.of(config()));
    }

    private MaintenanceScheduler server(String name, Backups copies) {
        Timetable nightly = Timetable.parse("daily 03:00");
        KeepBackups backups = new KeepBackups(copies, folder(name), KEEP, () -> now);
        KeepOffsite offsite = new KeepOffsite(folder(name), vault, folder, KEEP);
        return new MaintenanceScheduler(
                store(),
                new MaintenanceScheduler.Place(() -> now, ZoneId.of("UTC"), name, Meter.NONE),
                List.of(backups.chore(store(), nightly), offsite.chore(newest(name), nightly)),
                report -> {});
    }

    /** Has something to do while a copy of the store is made. */
    private Backups meanwhile(Runnable work) {
        Backups copies = FileBackups.of(config());
        return new Backups() {
            @Override
            public String engine() {
                return copies.engine();
            }

            @Override
            public long size() {
                return copies.size();
            }

            @Override
            public Seq snapshot(Path file, LongConsumer progress) throws IOException {
                work.run();
                return copies.snapshot(file, progress);
            }

            @Override
            public Store open(Path file) {
                return copies.open(file);
            }
        };
    }

    private boolean isThere(Backup backup) {
        return vault.items("backups/" + backup.name(), "").size() == 1;
    }

    private Backup newestOf(String server) throws IOException {
        return folder(server).newestVerified().orElseThrow();
    }

    private Job.Run last() {
        return store().read(s -> s.find(Job.Id.of("offsite"))).flatMap(Job::last).orElseThrow();
    }

    private Job.Result offsite() {
        return last().result();
    }

    @Test
    void who_makes_a_backup_takes_it_off_site_though_another_has_looked_already() throws Exception {
        put(task("one"));
        MaintenanceScheduler two = server("two");
        now = now.plus(DAY);
        two.tick();
        assertTrue(isThere(newestOf("two")));
        MaintenanceScheduler one =
                server(
                        "one",
                        meanwhile(
                                () -> {
                                    two.tick();
                                    assertEquals(Job.Result.SKIPPED, offsite());
                                }));
        now = now.plus(DAY);
        one.tick();
        assertTrue(isThere(newestOf("one")));
        assertEquals("one", newest("two").elsewhere().orElseThrow().by());
        assertTrue(newest("one").elsewhere().isEmpty());
        assertTrue(newest("two").copiedElsewhere().isPresent());
    }

    @Test
    void what_could_not_be_copied_is_left_to_the_server_that_has_it() throws Exception {
        put(task("one"));
        MaintenanceScheduler two = server("two");
        now = now.plus(DAY);
        two.tick();
        MaintenanceScheduler one = server("one");
        vault.reached = false;
        now = now.plus(DAY);
        one.tick();
        assertEquals(Job.Result.FAILED, offsite());
        vault.reached = true;
        now = now.plusSeconds(600);
        two.tick();
        assertEquals("one", last().by(), "the other one leaves it alone");
        assertTrue(two.ask("offsite"));
        two.tick();
        assertEquals(Job.Result.FAILED, offsite(), "asked for, it says who has the newest");
        now = now.plusSeconds(600);
        one.tick();
        assertEquals(Job.Result.OK, offsite());
        assertTrue(isThere(newestOf("one")));
    }
}
