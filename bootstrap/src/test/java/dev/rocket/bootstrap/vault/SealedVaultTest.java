package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.contract.VaultContract;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SealedVaultTest extends VaultContract {

    private static final SealKey KEY = SealKey.parse("00".repeat(31) + "01");
    private static final SealKey NEXT = SealKey.parse("00".repeat(31) + "02");
    private static final int HEADER = 48;
    private static final int SEALED = (1 << 16) + 16;

    private final MemoryVault within = new MemoryVault(Instant.EPOCH);

    @Override
    protected Vault open() throws IOException {
        return new SealedVault(within, List.of(KEY), work());
    }

    private Path work() throws IOException {
        return Files.createDirectories(folder.resolve("work"));
    }

    private byte[] kept(String name) throws IOException {
        Path target = folder.resolve("kept");
        within.fetch(name, target, got -> {});
        return Files.readAllBytes(target);
    }

    private void keep(String name, byte[] content) throws IOException {
        within.put(name, Files.write(folder.resolve("keep"), content), sent -> {});
    }

    private VaultException.Kind failure(Vault vault, String name) throws IOException {
        Path target = folder.resolve("opened");
        VaultException failed =
                assertThrows(VaultException.class, () -> vault.fetch(name, target, got -> {}));
        assertFalse(Files.exists(target), "something of it was left");
        try (Stream<Path> left = Files.list(work())) {
            assertEquals(List.of(), left.toList());
        }
        return failed.kind();
    }

    @Test
    void nothing_of_the_content_is_kept_in_the_open() throws IOException {
        Path file = Files.writeString(folder.resolve("plain"), "secret words ".repeat(20_000));
        vault().put("a", file, sent -> {});
        String kept = new String(kept("a"), StandardCharsets.ISO_8859_1);
        assertFalse(kept.contains("secret"));
        assertEquals(HEADER + Files.size(file) + 4 * 16, kept.length());
    }

    @Test
    void one_turned_bit_is_found_wherever_it_is() throws IOException {
        vault().put("a", file("file", 200_000), sent -> {});
        byte[] whole = kept("a");
        for (int at : new int[] {16, 47, 48, 49, SEALED + 47, SEALED + 48, whole.length - 1}) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            keep("a", changed);
            assertEquals(VaultException.Kind.CORRUPT, failure(vault(), "a"), "byte " + at);
        }
        keep("a", whole);
        assertArrayEquals(Files.readAllBytes(folder.resolve("file")), fetched("a"));
    }

    @Test
    void a_place_that_is_damaged_is_named() throws IOException {
        vault().put("a", file("file", 200_000), sent -> {});
        byte[] changed = kept("a");
        changed[HEADER + 2 * SEALED + 5] ^= 1;
        keep("a", changed);
        VaultException found = assertThrows(VaultException.class, () -> fetched("a"));
        assertTrue(String.valueOf(found.getMessage()).contains("131072 bytes in"));
    }

    @Test
    void a_cut_item_is_found_wherever_it_is_cut() throws IOException {
        vault().put("a", file("file", 3 << 16), sent -> {});
        byte[] whole = kept("a");
        for (int end : new int[] {48, 50, 48 + SEALED, 48 + 2 * SEALED, whole.length - 1}) {
            keep("a", Arrays.copyOf(whole, end));
            assertEquals(VaultException.Kind.CORRUPT, failure(vault(), "a"), "up to " + end);
        }
        keep("a", Arrays.copyOf(whole, whole.length + 1));
        assertEquals(VaultException.Kind.CORRUPT, failure(vault(), "a"), "one byte more");
    }

    @Test
    void chunks_that_were_swapped_repeated_or_left_out_are_found() throws IOException {
        vault().put("a", file("file", 3 << 16), sent -> {});
        byte[] whole = kept("a");
        for (int[] order : new int[][] {{1, 0, 2}, {0, 0, 2}, {0, 2}, {0, 1, 2, 2}, {2}, {}}) {
            ByteArrayOutputStream mixed = new ByteArrayOutputStream();
            mixed.write(whole, 0, HEADER);
            for (int chunk : order) {
                mixed.write(whole, HEADER + chunk * SEALED, SEALED);
            }
            keep("a", mixed.toByteArray());
            assertEquals(VaultException.Kind.CORRUPT, failure(vault(), "a"));
        }
    }

    @Test
    void an_item_under_the_name_of_another_is_found() throws IOException {
        vault().put("a", file("one", 1_000), sent -> {});
        vault().put("b", file("two", 2_000), sent -> {});
        byte[] one = kept("a");
        keep("a", kept("b"));
        keep("b", one);
        assertEquals(VaultException.Kind.CORRUPT, failure(vault(), "a"));
        assertEquals(VaultException.Kind.CORRUPT, failure(vault(), "b"));
    }

    @Test
    void without_a_key_it_is_told_that_it_is_sealed_and_nothing_is_left() throws IOException {
        Vault open = new OpenVault(within);
        vault().put("a", file("file", 1_000), sent -> {});
        assertEquals(VaultException.Kind.WRONG_KEY, failure(open, "a"));
        Path plain = file("plain", 1_000);
        open.put("b", plain, sent -> {});
        open.fetch("b", folder.resolve("again"), got -> {});
        assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(folder.resolve("again")));
    }

    @Test
    void another_key_opens_nothing_and_says_which_one_would() throws IOException {
        vault().put("a", file("file", 1_000), sent -> {});
        Vault other = new SealedVault(within, List.of(NEXT), work());
        assertEquals(VaultException.Kind.WRONG_KEY, failure(other, "a"));
        VaultException told =
                assertThrows(
                        VaultException.class,
                        () -> other.fetch("a", folder.resolve("none"), got -> {}));
        assertTrue(String.valueOf(told.getMessage()).contains("sealed with " + KEY));
    }

    @Test
    void an_old_key_behind_the_new_one_opens_what_it_sealed() throws IOException {
        vault().put("old", file("file", 1_000), sent -> {});
        Vault both = new SealedVault(within, List.of(NEXT, KEY), work());
        both.put("new", folder.resolve("file"), sent -> {});
        for (String name : List.of("old", "new")) {
            both.fetch(name, folder.resolve("target"), got -> {});
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("file")),
                    Files.readAllBytes(folder.resolve("target")));
        }
        assertEquals(VaultException.Kind.WRONG_KEY, failure(vault(), "new"));
    }

    @Test
    void what_is_not_sealed_is_not_taken_for_an_item() throws IOException {
        keep("plain", new byte[500]);
        keep("short", new byte[3]);
        assertEquals(VaultException.Kind.WRONG_KEY, failure(vault(), "plain"));
        assertEquals(VaultException.Kind.WRONG_KEY, failure(vault(), "short"));
    }

    @Test
    void the_same_file_is_sealed_to_the_same_bytes_and_another_to_none_of_them()
            throws IOException {
        byte[] content = new byte[100_000];
        Path file = Files.write(folder.resolve("file"), content);
        vault().put("a", file, sent -> {});
        byte[] first = kept("a");
        vault().put("a", file, sent -> {});
        assertArrayEquals(first, kept("a"));
        content[99_999] = 1;
        vault().put("a", Files.write(file, content), sent -> {});
        byte[] second = kept("a");
        assertFalse(Arrays.equals(first, 16, 48, second, 16, 48));
        assertFalse(Arrays.equals(first, 48, 100, second, 48, 100));
    }

    @Test
    void a_key_is_32_bytes_and_shown_by_its_id_alone() {
        String base64 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";
        assertEquals(KEY.toString(), SealKey.parse(base64).toString());
        assertFalse(KEY.toString().contains("0001"));
        for (String bad : List.of("", "password", "00".repeat(31), "zz".repeat(32))) {
            assertThrows(IllegalArgumentException.class, () -> SealKey.parse(bad));
        }
    }
}
