package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.operation.WriterLoad;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's figures say of its store, wherever that is, and of its backups. */
class WatchesTest {

    private static final String VERDICT = "rocket_scale_verdict";
    private static final String FREE = "rocket_store_free_bytes";
    private static final String OFFSITE_AGE = "rocket_offsite_backup_age_seconds";
    private static final String JOB = "/v1/maintenance/scale";

    @TempDir private Path folder = Path.of("");

    private String evaluate(Served server, String result) throws Exception {
        assertEquals(202, server.ask("POST", JOB + "/runs", "").statusCode());
        return server.until(JOB, "\"result\":\"" + result + "\"");
    }

    /** Moves the store, and waits until the figures say so. */
    private static void move(Served server, String body, String engine) throws Exception {
        assertEquals(202, server.ask("POST", "/v1/migration", body).statusCode());
        server.until("/metrics", "\nrocket_store_info{engine=\"" + engine + "\",");
    }

    @Test
    void figures_follow_a_store_that_is_moved_to_postgres_and_back() throws Exception {
        try (Served server = Served.start(folder, Map.of())) {
            assertTrue(Double.isNaN(server.figure(VERDICT)));
            evaluate(server, "ok");
            assertEquals(0, server.figure(VERDICT));
            assertTrue(server.figure(FREE) > 0);

            move(server, "{\"to\":\"" + PostgresServer.fresh() + "\"}", "postgres");
            server.until("/metrics", "\n" + VERDICT + " NaN");
            assertTrue(Double.isNaN(server.figure(FREE)));
            assertTrue(server.figure("rocket_store_data_bytes") > 0);
            String told = evaluate(server, "skipped");
            assertTrue(told.contains("the store is not on SQLite"), told);

            move(server, "{\"back\":true}", "sqlite");
            server.until("/metrics", "\n" + VERDICT + " 0.0");
            assertTrue(server.figure(FREE) > 0);
        }
    }

    @Test
    void a_server_tells_what_was_evaluated_before_it_was_started() throws Exception {
        double headroom;
        try (Served server = Served.start(folder, Map.of())) {
            evaluate(server, "ok");
            headroom = server.figure("rocket_scale_headroom_ratio");
        }
        try (Served server = Served.start(folder, Map.of())) {
            assertEquals(0, server.figure(VERDICT));
            assertEquals(headroom, server.figure("rocket_scale_headroom_ratio"));
        }
    }

    @Test
    void a_new_server_is_late_with_no_backup_and_what_cannot_be_read_costs_itself_alone()
            throws Exception {
        Path place = Files.createDirectory(folder.resolve("elsewhere"));
        try (Served server = Served.start(folder, Map.of("ROCKET_OFFSITE", place.toString()))) {
            assertTrue(server.figure(OFFSITE_AGE) < 60);
            assertTrue(server.figure("rocket_backup_age_seconds") < 60);
            Files.createDirectories(folder.resolve("rocket.db.backups/.offsite"));
            assertTrue(Double.isNaN(server.figure(OFFSITE_AGE)));
            assertEquals(0, server.figure("rocket_websocket_connections"));
        }
    }

    /** Evaluates at a peak of a command a second, of as many as the ceiling says. */
    private static List<Level> levels(double ceiling) throws IOException {
        SettableClock clock = new SettableClock(Instant.parse("2031-01-01T00:00:00Z"));
        WriterLoad load = new WriterLoad(clock);
        for (int minute = 0; minute < 10; minute++) {
            load.group(60, Duration.ZERO, Duration.ZERO);
            clock.pass(Duration.ofMinutes(1));
        }
        List<Level> levels = new ArrayList<>();
        Handler ear =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        levels.add(line.getLevel());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger log = Logger.getLogger("dev.rocket.maintenance");
        log.addHandler(ear);
        try (Store store = new MemoryStore()) {
            WatchScale scale = new WatchScale(store, load, () -> Optional.of(() -> ceiling));
            List<Chore> chores = List.of(scale.chore(Timetable.OFF), scale.report(Timetable.OFF));
            MaintenanceScheduler maintenance =
                    Maintenance.of(
                            store, chores, true, new Maintenance.Watch(Meter.NONE, clock, () -> 1));
            for (Chore chore : chores) {
                assertTrue(maintenance.ask(chore.name()));
                maintenance.tick();
            }
        } finally {
            log.removeHandler(ear);
        }
        return levels;
    }

    @Test
    void a_limit_that_is_near_or_reached_is_logged_as_a_warning() throws IOException {
        assertEquals(List.of(Level.INFO, Level.INFO), levels(100));
        assertEquals(List.of(Level.WARNING, Level.WARNING), levels(2));
        assertEquals(List.of(Level.WARNING, Level.WARNING), levels(1));
    }
}
