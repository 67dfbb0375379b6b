package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.VaultContract;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DirectoryVaultTest extends VaultContract {

    @Override
    protected Vault open() throws IOException {
        return new DirectoryVault(Files.createDirectories(disk()));
    }

    private Path disk() {
        return folder.resolve("disk");
    }

    @Test
    void items_and_their_folders_are_for_their_owner_alone() throws IOException {
        vault().put("a/b", file("file", 10), sent -> {});
        assertEquals("rwx------", mode(disk().resolve("a")));
        assertEquals("rw-------", mode(disk().resolve("a/b")));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_disk_that_is_not_mounted_is_told_and_not_made() throws IOException {
        Path file = file("file", 10);
        Files.delete(disk());
        for (Runnable call :
                List.<Runnable>of(
                        () -> vault().put("a", file, sent -> {}),
                        () -> vault().fetch("a", folder.resolve("target"), got -> {}),
                        () -> vault().items("", ""),
                        () -> vault().delete("a"))) {
            VaultException missing = assertThrows(VaultException.class, call::run);
            assertEquals(VaultException.Kind.MISSING, missing.kind());
            assertTrue(String.valueOf(missing.getMessage()).contains("mount the disk"));
        }
        assertTrue(Files.notExists(disk()));
    }

    @Test
    void what_a_killed_put_left_is_no_item_and_goes_with_a_later_put() throws IOException {
        Path old = Files.write(disk().resolve(".a.123.part"), new byte[5]);
        Path young = Files.write(disk().resolve(".a.456.part"), new byte[5]);
        Path other = Files.write(disk().resolve(".b.789.part"), new byte[5]);
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(other, longAgo);
        assertEquals(List.of(), names("", ""));
        vault().put("a", file("file", 10), sent -> {});
        try (Stream<Path> left = Files.list(disk())) {
            assertEquals(
                    Stream.of(young, other, disk().resolve("a")).sorted().toList(),
                    left.sorted().toList());
        }
    }

    @Test
    void a_place_that_fails_is_told_as_one_to_try_again() throws IOException {
        Path file = file("file", 100);
        Files.write(disk().resolve("taken"), new byte[1]);
        VaultException failed =
                assertThrows(VaultException.class, () -> vault().put("taken/a", file, sent -> {}));
        assertEquals(VaultException.Kind.UNAVAILABLE, failed.kind());
        assertTrue(failed.mayRetry());
    }
}
