package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveOffsiteTest {

    @TempDir private Path temporary;
    private final MemoryVault vault = new MemoryVault(Instant.EPOCH);

    private ArchiveFolder folder(String name) {
        return new ArchiveFolder(temporary.resolve(name));
    }

    private int there() {
        return vault.items("feed/", "").size();
    }

    @Test
    void what_is_sealed_is_copied_once() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(31)) {
            ground.archive(folder("one"), 4);
            ArchiveOffsite offsite = new ArchiveOffsite(folder("one"), vault);
            assertEquals(4, offsite.run(copied -> {}));
            assertEquals(0, offsite.run(copied -> {}));
            assertEquals(4, there());
        }
    }

    @Test
    void a_lost_disk_is_made_good_from_there() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(32);
                Store target = new MemoryStore()) {
            ground.archive(folder("one"), 4);
            new ArchiveOffsite(folder("one"), vault).run(copied -> {});
            ArchiveOffsite offsite = new ArchiveOffsite(folder("gone"), vault);
            offsite.fetch(Seq.START, folder("back"), fetched -> {});
            new ReplayArchive(folder("back"), target)
                    .run(new ReplayArchive.Place(ground.end()), applied -> {});
            assertEquals(ArchiveGround.digest(ground.store()), ArchiveGround.digest(target));
            Seq second = folder("one").segments().get(1).last();
            offsite.fetch(second, folder("part"), fetched -> {});
            assertEquals(2, folder("part").segments().size());
        }
    }

    @Test
    void another_server_goes_on_with_the_same_chain() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(33)) {
            ground.grow(ground.size() / 2);
            new ArchiveFeed(ground.store(), folder("one")).run();
            ArchiveOffsite first = new ArchiveOffsite(folder("one"), vault);
            assertFalse(first.join(ground.store()));
            first.run(copied -> {});
            assertFalse(first.join(ground.store()));
            ArchiveOffsite second = new ArchiveOffsite(folder("two"), vault);
            assertTrue(second.join(ground.store()));
            assertFalse(second.join(ground.store()));
            ground.grow(ground.size());
            assertEquals(1, new ArchiveFeed(ground.store(), folder("two")).run().segments());
            assertEquals(1, second.run(copied -> {}));
            assertTrue(new VerifyArchive(folder("two"), ground.store()).run(n -> {}).agrees());
            assertTrue(first.join(ground.store()));
            assertEquals(0, new ArchiveFeed(ground.store(), folder("one")).run().segments());
            second.fetch(Seq.START, folder("all"), fetched -> {});
            VerifyArchive.Report all =
                    new VerifyArchive(folder("all"), ground.store()).run(n -> {});
            assertEquals(List.of(), all.problems());
            assertEquals(ground.size(), all.changes());
        }
    }

    @Test
    void a_damaged_segment_is_not_gone_on_from() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(34)) {
            ground.archive(folder("one"), 2);
            new ArchiveOffsite(folder("one"), vault).run(copied -> {});
            String newest = vault.items("feed/", "").get(1).name();
            Path damaged = temporary.resolve("damaged");
            vault.fetch(newest, damaged, done -> {});
            byte[] bytes = Files.readAllBytes(damaged);
            bytes[bytes.length / 2] ^= 1;
            vault.put(newest, Files.write(damaged, bytes), done -> {});
            ArchiveOffsite other = new ArchiveOffsite(folder("two"), vault);
            assertThrows(StoreException.class, () -> other.join(ground.store()));
            assertEquals(List.of(), folder("two").segments());
        }
    }

    @Test
    void what_would_be_lost_with_the_machine_is_told() throws IOException {
        try (ArchiveGround ground = new ArchiveGround(36)) {
            ArchiveFeed feed = new ArchiveFeed(ground.store(), folder("one"));
            ArchiveOffsite offsite = new ArchiveOffsite(folder("one"), vault);
            ground.grow(5);
            feed.run();
            assertEquals(Seq.START, offsite.last());
            offsite.run(copied -> {});
            assertEquals(ground.change(5).seq(), offsite.last());
            ground.grow(5);
            feed.run();
            Instant later = ground.change(6).at().plusSeconds(7);
            assertEquals(Duration.ZERO, feed.lag(later).time());
            assertEquals(Duration.ofSeconds(7), feed.lag(offsite.last(), later).time());
            ArchiveOffsite elsewhere =
                    new ArchiveOffsite(folder("one"), new MemoryVault(Instant.EPOCH));
            assertEquals(Seq.START, elsewhere.last());
            offsite.run(copied -> {});
            folder("one").drop(1);
            assertEquals(ground.change(10).seq(), offsite.last());
        }
    }
}
