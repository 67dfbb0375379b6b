package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls the target of a move, with a real server on either side. */
class MoveFaultsIT extends MoveGround {

    /** What a file may grow to on a disk that is full then: a segment of the log, and no more. */
    private static final long FULL = 16L << 20;

    private final Path data;
    private EmbeddedPostgres postgres;

    MoveFaultsIT(@TempDir Path elsewhere) throws IOException {
        data = elsewhere.resolve("data");
        postgres = builder().start();
    }

    @AfterEach
    void end() throws IOException {
        postgres.close();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    /** The same server again, on the port that it had. */
    private void startPostgres() throws IOException {
        postgres.close();
        postgres = builder().setPort(postgres.getPort()).start();
    }

    private ProcessHandle postmaster() throws IOException {
        String first = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
    }

    private void killPostgres() throws Exception {
        ProcessHandle server = postmaster();
        List<ProcessHandle> backends = server.children().toList();
        server.destroyForcibly();
        server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (ProcessHandle backend : backends) {
            // They notice; a new server would be refused their memory before.
            backend.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    String target() {
        return "postgres://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Test
    void a_target_that_restarts_is_waited_for() throws Exception {
        try (RunningRocket rocket = start()) {
            for (String phase : List.of("tailing", "comparing", "freezing")) {
                create(rocket);
                begin(rocket, phase);
                await(rocket, MoveGround::isPaused);
                create(rocket);
                postgres.close();
                create(rocket);
                resume(rocket);
                await(rocket, told -> JsonTree.text(told, "detail").startsWith("waiting: "));
                create(rocket);
                startPostgres();
                assertEnds(rocket, "done", "; writes waited ");
                assertHolds(rocket, "postgres");
                create(rocket);
                moveBack(rocket);
            }
            assertEquals(0, rocket.stop(), rocket.said());
        }
    }

    @Test
    void a_target_that_dies_amid_the_copy_is_begun_anew() throws Exception {
        seed();
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "");
            await(rocket, MoveGround::isCopying);
            killPostgres();
            assertEnds(rocket, "failed", "");
            create(rocket);
            assertHolds(rocket, "sqlite");
            startPostgres();
            begin(rocket, "");
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }

    @Test
    void a_target_that_fills_up_is_told_and_tried_again() throws Exception {
        seed();
        limit(Long.toString(FULL));
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "");
            assertEnds(rocket, "failed", "While loading: Postgres answered with SQLSTATE");
            create(rocket);
            assertHolds(rocket, "sqlite");
            limit("unlimited");
            begin(rocket, "");
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }

    /** How large files may grow that the database writes from now on, for new connections. */
    private void limit(String bytes) throws Exception {
        String pid = Long.toString(postmaster().pid());
        Process limiter =
                new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes + ":unlimited")
                        .inheritIO()
                        .start();
        assertEquals(0, limiter.waitFor());
    }

    @Test
    void no_server_starts_on_a_copy_that_has_not_taken_over() throws Exception {
        Map<String, String> there = settings();
        there.put("ROCKET_DATABASE_URL", target());
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "freezing");
            await(rocket, MoveGround::isPaused);
            IOException refused =
                    assertThrows(
                            IOException.class, () -> RunningRocket.start(folder, there).close());
            assertTrue(
                    refused.toString().contains("is a copy that was being made of"),
                    refused.toString());
            create(rocket);
            resume(rocket);
            assertEnds(rocket, "done", "; writes waited ");
            try (RunningRocket second = RunningRocket.start(folder, there)) {
                create(second);
                assertHolds(rocket, "postgres");
                rocket.ask("POST", "/v1/migration", "{\"back\":true}");
                assertEnds(rocket, "failed", "servers");
                create(rocket);
                assertHolds(second, "postgres");
                assertEquals(0, second.stop(), second.said());
            }
            assertEquals(0, rocket.stop(), rocket.said());
        }
    }
}
