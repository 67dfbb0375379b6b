package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.vault.LyingProxy.Act;
import dev.rocket.core.operation.CopyOffsite;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import dev.rocket.core.port.VaultException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket whose store is away, slow, deaf, or lies.
 *
 * <p>Goal: whatever happens on the way, what was called kept comes back, and what did not is told
 * by its kind. Method: a real store, and before it a real proxy that breaks off or lies at one
 * request after the other.
 */
final class S3FaultsTest {

    private static final int THREE_PARTS = 20_000_000;
    private static Moto moto;

    @TempDir private Path folder;
    private final LyingProxy proxy;
    private final OffsiteConfig.Bucket bucket;

    S3FaultsTest() throws IOException {
        proxy = new LyingProxy(moto.address());
        bucket = moto.bucket(proxy.address());
    }

    @BeforeAll
    static void startStore() throws IOException {
        moto = Moto.start();
    }

    @AfterAll
    static void endStore() {
        moto.close();
    }

    @AfterEach
    void endProxy() {
        proxy.close();
    }

    private Path file(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve("file"), content);
    }

    private static VaultException failure(Kind kind, Executable call) {
        VaultException failed = assertThrows(VaultException.class, call);
        assertEquals(kind, failed.kind(), failed.getMessage());
        return failed;
    }

    private void assertComesBack(Vault vault, Path file) throws IOException {
        Path target = folder.resolve("target");
        vault.fetch("item", target, got -> {});
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(target));
    }

    /** How many parts were sent since the requests were last looked at. */
    private long parts() {
        return proxy.heard().stream()
                .filter(request -> request.startsWith("PUT ") && request.contains("partNumber="))
                .count();
    }

    private void cut(String part) {
        proxy.mood(request -> request.contains(part) ? Act.CUT : Act.PASS);
    }

    private void pass() {
        proxy.mood(request -> Act.PASS);
        proxy.heard();
    }

    @Test
    void an_upload_that_broke_off_at_any_part_goes_on_there() throws IOException {
        Path file = file(THREE_PARTS);
        for (int broken = 1; broken <= 3; broken++) {
            S3Vault vault = new S3Vault(moto.bucket(proxy.address()));
            cut("partNumber=" + broken);
            failure(Kind.UNAVAILABLE, () -> vault.put("item", file, sent -> {}));
            assertEquals(List.of(), vault.items("", ""));
            pass();
            vault.put("item", file, sent -> {});
            assertEquals(3 - (broken - 1), parts());
            assertComesBack(vault, file);
        }
    }

    @Test
    void an_upload_that_broke_off_before_or_after_its_parts_ends_whole() throws IOException {
        Path file = file(THREE_PARTS);
        for (String step : List.of("GET uploads", "POST uploads", "POST uploadId=")) {
            S3Vault vault = new S3Vault(moto.bucket(proxy.address()));
            String method = step.substring(0, step.indexOf(' '));
            String query = "?" + step.substring(step.indexOf(' ') + 1);
            proxy.mood(
                    request ->
                            request.startsWith(method) && request.contains(query)
                                    ? Act.CUT
                                    : Act.PASS);
            failure(Kind.UNAVAILABLE, () -> vault.put("item", file, sent -> {}));
            pass();
            assertEquals(List.of(), vault.items("", ""), step);
            vault.put("item", file, sent -> {});
            assertComesBack(vault, file);
        }
    }

    @Test
    void another_file_under_the_name_of_a_broken_upload_is_not_mixed_with_it() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        cut("partNumber=3");
        Path first = file(THREE_PARTS + 1);
        failure(Kind.UNAVAILABLE, () -> vault.put("item", first, sent -> {}));
        pass();
        Path second = file(THREE_PARTS);
        vault.put("item", second, sent -> {});
        assertEquals(3, parts());
        assertComesBack(vault, second);
    }

    @Test
    void a_sealed_upload_that_broke_off_goes_on_as_well() throws IOException {
        SealKey key = SealKey.parse("07".repeat(32));
        Vault vault = new SealedVault(new S3Vault(bucket), List.of(key), folder);
        Path file = file(THREE_PARTS);
        cut("partNumber=3");
        failure(Kind.UNAVAILABLE, () -> vault.put("item", file, sent -> {}));
        pass();
        vault.put("item", file, sent -> {});
        assertEquals(1, parts());
        assertComesBack(vault, file);
    }

    @Test
    void a_deleted_item_takes_its_broken_upload_along() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        Path file = file(THREE_PARTS);
        cut("partNumber=3");
        failure(Kind.UNAVAILABLE, () -> vault.put("item", file, sent -> {}));
        pass();
        try (S3Client behind = moto.client()) {
            assertEquals(1, S3Upload.begun(behind, bucket.name(), "some/prefix/item").size());
            vault.delete("item");
            assertEquals(List.of(), S3Upload.begun(behind, bucket.name(), "some/prefix/item"));
        }
    }

    @Test
    void an_answer_that_is_lost_is_asked_for_again() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        Path file = file(THREE_PARTS);
        for (Act act : List.of(Act.CUT, Act.BUSY)) {
            AtomicInteger requests = new AtomicInteger();
            proxy.mood(request -> requests.getAndIncrement() % 2 == 0 ? act : Act.PASS);
            vault.put("item", file, sent -> {});
            pass();
            assertComesBack(vault, file);
        }
    }

    @Test
    void a_download_that_breaks_off_goes_on_where_it_was() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        Path file = file(THREE_PARTS);
        vault.put("item", file, sent -> {});
        AtomicInteger gets = new AtomicInteger();
        proxy.mood(request -> gets.getAndIncrement() < 2 ? Act.HALVE : Act.PASS);
        assertComesBack(vault, file);
        proxy.mood(request -> Act.HALVE);
        Path target = folder.resolve("half");
        failure(Kind.UNAVAILABLE, () -> vault.fetch("item", target, got -> {}));
        assertFalse(Files.exists(target));
    }

    @Test
    void a_store_that_turns_a_bit_is_found_by_reading_back() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        CopyOffsite copy = new CopyOffsite(vault, folder);
        proxy.mood(request -> request.startsWith("PUT ") ? Act.FLIP : Act.PASS);
        for (int bytes : new int[] {1_000, THREE_PARTS}) {
            Path file = file(bytes);
            failure(Kind.CORRUPT, () -> copy.run("item", file, done -> {}));
            assertEquals(List.of(), vault.items("", ""));
        }
    }

    @Test
    void a_store_that_says_yes_and_keeps_nothing_is_found() throws IOException {
        CopyOffsite copy = new CopyOffsite(new S3Vault(bucket), folder);
        Path file = file(1_000);
        proxy.mood(request -> request.startsWith("PUT ") ? Act.SWALLOW : Act.PASS);
        failure(Kind.CORRUPT, () -> copy.run("item", file, done -> {}));
    }

    @Test
    void a_store_that_loses_a_part_is_found() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        CopyOffsite copy = new CopyOffsite(vault, folder);
        Path file = file(THREE_PARTS);
        proxy.mood(request -> request.contains("partNumber=2") ? Act.SWALLOW : Act.PASS);
        failure(Kind.UNAVAILABLE, () -> copy.run("item", file, done -> {}));
        assertEquals(List.of(), vault.items("", ""));
    }

    @Test
    void a_copy_that_came_back_as_it_was_counts() throws IOException {
        S3Vault vault = new S3Vault(bucket);
        Path file = file(THREE_PARTS);
        String hash = new CopyOffsite(vault, folder).run("item", file, done -> {});
        assertEquals(64, hash.length());
        assertComesBack(vault, file);
        assertFalse(Files.exists(folder.resolve(".read-back")));
    }

    @Test
    void a_store_that_cannot_be_reached_is_told_as_one_to_try_again() throws IOException {
        URI nowhere;
        try (LyingProxy gone = new LyingProxy(moto.address())) {
            nowhere = gone.address();
        }
        S3Vault vault = new S3Vault(Moto.named(bucket.name(), nowhere));
        Path file = file(10);
        VaultException failed =
                failure(Kind.UNAVAILABLE, () -> vault.put("item", file, sent -> {}));
        assertTrue(failed.mayRetry());
        assertTrue(String.valueOf(failed.getMessage()).contains("cannot be reached"));
    }

    @Test
    void a_store_that_falls_silent_is_given_up() {
        S3Vault vault = new S3Vault(bucket.within(Duration.ofMillis(500)));
        proxy.mood(request -> Act.SILENT);
        failure(Kind.UNAVAILABLE, () -> vault.items("", ""));
        assertTrue(proxy.heard().size() <= 3);
    }

    @Test
    void a_bucket_that_is_not_there_is_told() throws IOException {
        S3Vault vault = new S3Vault(Moto.named("no-such-bucket", moto.address()));
        Path file = file(10);
        for (Executable call :
                List.<Executable>of(
                        () -> vault.put("item", file, sent -> {}),
                        () -> vault.items("", ""),
                        () -> vault.fetch("item", folder.resolve("none"), got -> {}))) {
            VaultException missing = failure(Kind.MISSING, call);
            assertTrue(String.valueOf(missing.getMessage()).contains("no such bucket"));
        }
    }

    @Test
    void a_login_that_is_not_known_is_told() throws IOException {
        try (Moto strict = Moto.strict()) {
            S3Vault vault = new S3Vault(Moto.named("bucket", strict.address()));
            Path file = file(10);
            VaultException refused =
                    failure(Kind.REFUSED, () -> vault.put("item", file, sent -> {}));
            assertTrue(String.valueOf(refused.getMessage()).contains("login"));
            assertFalse(refused.mayRetry());
        }
    }

    @Test
    void a_process_killed_in_mid_upload_leaves_no_item_and_another_goes_on() throws Exception {
        Path file = file(THREE_PARTS);
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        PutOne.class.getName(),
                        proxy.address().toString(),
                        bucket.name(),
                        file.toString());
        proxy.mood(request -> request.contains("partNumber=3") ? Act.SILENT : Act.PASS);
        Process victim = new ProcessBuilder(command).inheritIO().start();
        while (!proxy.hears("partNumber=3")) {
            assertTrue(victim.isAlive(), "the process ended by itself");
        }
        victim.destroyForcibly().onExit().join();
        S3Vault vault = new S3Vault(bucket);
        pass();
        assertEquals(List.of(), vault.items("", ""));
        vault.put("item", file, sent -> {});
        assertEquals(1, parts());
        assertComesBack(vault, file);
    }
}
