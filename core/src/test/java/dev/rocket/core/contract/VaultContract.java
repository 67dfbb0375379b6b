package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vaults: what was put comes back, whole, under its name. */
public abstract class VaultContract {

    /** A folder for the files of this test. */
    @TempDir protected Path folder;

    private Vault vault = new MemoryVault(Contract.NOW);

    /** A fresh, empty vault. */
    protected abstract Vault open() throws Exception;

    /** Opens the vault of this test. */
    @BeforeEach
    protected final void openVault() throws Exception {
        vault = open();
    }

    /** The vault of this test. */
    protected final Vault vault() {
        return vault;
    }

    /** A file of that many random bytes. */
    protected final Path file(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    /** What the vault gives back under a name. */
    protected final byte[] fetched(String name) throws IOException {
        Path target = folder.resolve("fetched");
        vault.fetch(name, target, bytes -> {});
        return Files.readAllBytes(target);
    }

    /** The names in the vault, by one list. */
    protected final List<String> names(String prefix, String after) {
        return vault.items(prefix, after).stream().map(Vault.Item::name).toList();
    }

    @Test
    void what_was_put_comes_back() throws IOException {
        for (int bytes : new int[] {0, 1, 65_535, 65_536, 65_537, 3_000_000}) {
            Path file = file("file", bytes);
            vault.put("items/one", file, sent -> {});
            assertArrayEquals(Files.readAllBytes(file), fetched("items/one"));
        }
    }

    @Test
    void an_item_tells_its_size_and_its_time() throws IOException {
        vault.put("a", file("file", 1_000), sent -> {});
        vault.put("b", file("file", 2_000), sent -> {});
        List<Vault.Item> items = vault.items("", "");
        assertEquals(List.of("a", "b"), items.stream().map(Vault.Item::name).toList());
        assertEquals(1_000, items.get(1).bytes() - items.get(0).bytes());
        assertFalse(items.get(1).at().isBefore(items.get(0).at()));
    }

    @Test
    void items_are_listed_by_prefix_in_order_of_their_names() throws IOException {
        Path file = file("file", 10);
        for (String name : List.of("b/2", "a", "b/10", "b-x", "B", "b/1/x", "c.d_e-f")) {
            vault.put(name, file, sent -> {});
        }
        assertEquals(List.of("B", "a", "b-x", "b/1/x", "b/10", "b/2", "c.d_e-f"), names("", ""));
        assertEquals(List.of("b/1/x", "b/10", "b/2"), names("b/", ""));
        assertEquals(List.of("b/2"), names("b/", "b/10"));
        assertEquals(List.of("b/1/x", "b/10"), names("b/1", ""));
        assertEquals(List.of(), names("b/", "b/2"));
        assertEquals(List.of(), names("d", ""));
        assertEquals(List.of(), names("d/e/", ""));
    }

    @Test
    void a_long_list_comes_in_parts() throws IOException {
        Path file = file("file", 1);
        List<String> put = new ArrayList<>();
        for (int i = 0; i < Vault.ITEMS + 1; i++) {
            put.add("many/" + (10_000 + i));
            vault.put(put.get(i), file, sent -> {});
        }
        List<String> first = names("many/", "");
        assertEquals(put.subList(0, Vault.ITEMS), first);
        assertEquals(List.of(put.get(Vault.ITEMS)), names("many/", first.get(Vault.ITEMS - 1)));
    }

    @Test
    void a_second_put_under_a_name_replaces_the_first() throws IOException {
        vault.put("one", file("long", 100_000), sent -> {});
        vault.put("one", file("short", 10), sent -> {});
        assertArrayEquals(Files.readAllBytes(folder.resolve("short")), fetched("one"));
        assertEquals(List.of("one"), names("", ""));
    }

    @Test
    void a_fetch_replaces_the_file_and_only_its_owner_may_read_it() throws IOException {
        Path target = file("target", 500_000);
        Path file = file("file", 100);
        vault.put("one", file, sent -> {});
        vault.fetch("one", target, bytes -> {});
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(target));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    @Test
    void what_was_deleted_is_gone_and_may_be_deleted_again() throws IOException {
        vault.put("one", file("file", 100), sent -> {});
        vault.put("two", file("file", 100), sent -> {});
        vault.delete("one");
        vault.delete("one");
        vault.delete("never/was");
        assertEquals(List.of("two"), names("", ""));
        assertMissing("one");
    }

    @Test
    void a_fetch_of_nothing_says_so_and_leaves_no_file() {
        assertMissing("nothing");
        assertMissing("nothing/at/all");
    }

    private void assertMissing(String name) {
        Path target = folder.resolve("missing");
        VaultException missing =
                assertThrows(VaultException.class, () -> vault.fetch(name, target, bytes -> {}));
        assertEquals(VaultException.Kind.MISSING, missing.kind());
        assertFalse(missing.mayRetry());
        assertFalse(Files.exists(target));
    }

    @Test
    void a_file_that_is_not_there_is_not_put() {
        VaultException unread =
                assertThrows(
                        VaultException.class,
                        () -> vault.put("one", folder.resolve("none"), sent -> {}));
        assertEquals(VaultException.Kind.LOCAL, unread.kind());
        assertEquals(List.of(), names("", ""));
    }

    @Test
    void a_fetch_into_a_folder_that_is_not_there_says_so() throws IOException {
        vault.put("one", file("file", 100), sent -> {});
        Path target = folder.resolve("none").resolve("target");
        VaultException unwritten =
                assertThrows(VaultException.class, () -> vault.fetch("one", target, bytes -> {}));
        assertEquals(VaultException.Kind.LOCAL, unwritten.kind());
    }

    @Test
    void progress_ascends_to_the_size_of_the_file() throws IOException {
        List<Long> sent = new ArrayList<>();
        List<Long> got = new ArrayList<>();
        vault.put("one", file("file", 3_000_000), sent::add);
        vault.fetch("one", folder.resolve("target"), got::add);
        for (List<Long> heard : List.of(sent, got)) {
            assertEquals(heard.stream().sorted().toList(), heard);
            assertTrue(heard.get(heard.size() - 1) >= 3_000_000, heard.toString());
        }
    }

    @Test
    void names_are_plain() {
        String longest = "n".repeat(Vault.NAME_CHARS);
        for (String good : List.of("a", "A-1_b.c", "a/b/c", "-", "2026-11-26T01.db", longest)) {
            assertTrue(Vault.isName(good), good);
        }
        List<String> bad = List.of("", "/", "/a", "a/", "a//b", "..", "a/../b", ".a", "a b", "ä");
        for (String name : bad) {
            assertFalse(Vault.isName(name), name);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> vault.put(name, folder.resolve("none"), sent -> {}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> vault.fetch(name, folder.resolve("target"), bytes -> {}));
            assertThrows(IllegalArgumentException.class, () -> vault.delete(name));
        }
        assertFalse(Vault.isName(longest + "n"));
        assertFalse(Vault.isName("a\n"));
    }
}
