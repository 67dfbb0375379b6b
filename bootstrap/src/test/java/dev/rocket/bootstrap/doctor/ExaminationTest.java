package dev.rocket.bootstrap.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.Server;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is found on a machine with one SQLite file. */
class ExaminationTest extends DoctorGround {

    @Test
    void a_running_server_is_asked_for_what_it_alone_can_tell() {
        Server server = serve();
        try {
            List<Finding> findings = examine(false);
            assertEquals(List.of(), bad(findings));
            Set<String> checks = findings.stream().map(Finding::check).collect(Collectors.toSet());
            assertTrue(
                    checks.containsAll(
                            Set.of(
                                    "configuration",
                                    "server",
                                    "limits",
                                    "file modes",
                                    "disk",
                                    "leftovers",
                                    "copies",
                                    "store",
                                    "write",
                                    "log",
                                    "secrets")),
                    checks.toString());
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void without_a_server_the_file_is_opened_and_looked_at() {
        make();
        List<Finding> findings = examine(false);
        assertEquals(1, bad(findings).size(), bad(findings).toString());
        assertTrue(bad(findings).get(0).startsWith("server: nobody answers"));
        Set<String> checks = findings.stream().map(Finding::check).collect(Collectors.toSet());
        assertTrue(checks.containsAll(Set.of("schema", "engine", "feed", "clock")));
    }

    @Test
    void nothing_is_made_where_nothing_was() {
        List<String> bad = bad(examine(true));
        assertTrue(bad.contains("store: " + file() + " does not exist; the first start makes it"));
        assertFalse(Files.exists(file()));
    }

    @Test
    void a_file_that_is_gone_is_not_left_to_the_next_start() throws IOException {
        make();
        Files.delete(file());
        Finding store =
                examine(true).stream()
                        .filter(one -> one.check().equals("store"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Verdict.FAILED, store.verdict());
        assertTrue(store.evidence().contains("holds no store, but it did"), store.evidence());
        assertFalse(Files.exists(file()));
    }

    @Test
    void a_server_that_is_not_ready_is_told_with_what_to_do() throws IOException {
        Server server = serve();
        try {
            Files.move(file(), folder.resolve("away.db"));
            List<Finding> findings = examine(false);
            Finding found =
                    findings.stream()
                            .filter(one -> one.evidence().contains("is not ready: "))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(findings));
            assertTrue(found.remedy().contains("journalctl -u rocket"), found.remedy());
        } finally {
            Files.move(folder.resolve("away.db"), file());
            server.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_wrong_configuration_is_told_and_nothing_else_is_tried() {
        environment.put("ROCKET_QUEUE", "many");
        List<Finding> findings = examine(false);
        assertEquals(1, findings.size());
        assertEquals(Verdict.FAILED, findings.get(0).verdict());
        assertTrue(findings.get(0).evidence().startsWith("ROCKET_QUEUE 'many'"));
    }

    @Test
    void open_files_and_old_leftovers_are_found_and_mended() throws IOException {
        make();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        Path left = Files.createFile(folder.resolve(".all.jsonl.123.part"));
        Path young = Files.createFile(folder.resolve(".all.jsonl.124.part"));
        Instant old = Instant.now().minus(Duration.ofDays(2));
        Files.setLastModifiedTime(left, FileTime.from(old));
        List<String> bad = bad(examine(false));
        assertTrue(bad.contains("leftovers: " + left + " was never finished"), bad.toString());
        String mode = "file modes: " + file() + " may be used by others (rw-r--r--)";
        assertTrue(bad.contains(mode), bad.toString());
        assertEquals(1, bad(examine(true)).size());
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(young));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(file()));
    }

    @Test
    void in_production_an_open_file_is_a_failure() throws IOException {
        make();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        environment.put("ROCKET_ENV", "production");
        List<Finding> findings = examine(false);
        assertEquals(Verdict.FAILED, Diagnose.worst(findings));
        assertTrue(
                findings.stream()
                        .anyMatch(one -> one.remedy().equals("chmod 600 '" + file() + "'")));
    }

    /** Notes an evaluation as if it had been made here. */
    private void plant(String line) {
        Instant now = Instant.now();
        Job.Run run = new Job.Run("here", now, now, Job.Result.OK, line);
        Job job = Job.noted(WatchScale.JOB, Optional.of(run), now);
        try (Store store = StoreKit.store(Config.of(found()))) {
            store.write(tx -> tx.apply(Change.draft(Actor.system("test"), "job.run", now, job)));
        }
    }

    private Finding scale() {
        return examine(false).stream()
                .filter(one -> one.check().equals("scale"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_file_that_no_longer_suffices_is_told_with_the_way_out() {
        make();
        assertEquals(Verdict.OK, scale().verdict());
        String figures = "fired: headroom 20 %, peak 80 of 100 commands/s, data 1.0 MiB";
        String remedy = "rocket migrate --to postgres://…";
        plant(figures + "; move with: " + remedy);
        assertEquals(Verdict.WARNING, scale().verdict());
        assertTrue(scale().evidence().startsWith(figures + ", on 2"), scale().evidence());
        assertEquals(remedy, scale().remedy());
    }

    @Test
    void a_stranger_on_the_port_and_too_few_open_files_are_told() throws IOException {
        environment.put("ROCKET_MAX_CONNECTIONS", "1000000");
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(stranger));
            environment.put("PORT", Integer.toString(stranger.getLocalPort()));
            List<String> bad = bad(examine(false));
            assertTrue(bad.get(0).startsWith("server: something else answers"), bad.toString());
        }
    }

    private static void hangUp(ServerSocket stranger) {
        try {
            while (true) {
                stranger.accept().close();
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }
}
