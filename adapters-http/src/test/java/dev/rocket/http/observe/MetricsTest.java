package dev.rocket.http.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.port.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape shows when something cannot be read, is not there, or became another. */
class MetricsTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");

    private final Logger log = Logger.getLogger("dev.rocket.metrics");
    private final List<String> told = new ArrayList<>();
    private final SettableClock clock = new SettableClock(BEGAN);
    private final Metrics metrics = new Metrics();
    private boolean broken;

    @TempDir private Path folder = Path.of("");

    private final Handler ear =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    told.add(line.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        log.addHandler(ear);
    }

    @AfterEach
    void leave() {
        log.removeHandler(ear);
    }

    private double seven() {
        if (broken) {
            throw new UncheckedIOException(new IOException("planted by the test"));
        }
        return 7;
    }

    private void assertShows(String... lines) {
        List<String> text = new String(metrics.text(), StandardCharsets.UTF_8).lines().toList();
        for (String line : lines) {
            assertTrue(text.contains(line), () -> line + " is not in " + text);
        }
    }

    @Test
    void a_figure_that_cannot_be_read_costs_itself_alone_and_is_told_once() {
        metrics.gauge("rocket_one_seconds", "One.", this::seven);
        metrics.gauges("rocket_two_seconds", "Two.", "which", () -> Map.of("a", seven()));
        metrics.gauge("rocket_three_seconds", "Three.", () -> 3);
        assertShows("rocket_one_seconds 7.0", "rocket_two_seconds{which=\"a\"} 7.0");
        assertEquals(List.of(), told);
        broken = true;
        assertShows("rocket_one_seconds NaN", "rocket_three_seconds 3.0");
        assertShows("rocket_one_seconds NaN");
        String why = " for now: java.io.IOException: planted by the test";
        Set<String> both = Set.of("No rocket_one_seconds" + why, "No rocket_two_seconds" + why);
        assertEquals(both, Set.copyOf(told));
        assertEquals(2, told.size(), told.toString());
        broken = false;
        assertShows("rocket_one_seconds 7.0", "rocket_two_seconds{which=\"a\"} 7.0");
        broken = true;
        assertShows("rocket_one_seconds NaN");
        assertEquals(4, told.size(), told.toString());
    }

    @Test
    void a_backup_folder_that_cannot_be_listed_costs_the_figures_of_backups_alone()
            throws IOException {
        Path file = Files.writeString(folder.resolve("backups"), "not a folder");
        BackupFigures.register(
                metrics, new BackupFolder(file), Optional::empty, Optional::empty, clock);
        metrics.gauge("rocket_three_seconds", "Three.", () -> 3);
        assertShows(
                "rocket_backup_age_seconds NaN",
                "rocket_backup_last_verified_timestamp_seconds NaN",
                "rocket_three_seconds 3.0");
        assertTrue(told.get(0).contains(file.toString()), told.toString());
    }

    @Test
    void a_newer_backup_of_another_server_counts() {
        Supplier<Optional<Instant>> elsewhere = () -> Optional.of(Instant.ofEpochSecond(4_711));
        clock.set(Instant.ofEpochSecond(4_811));
        BackupFigures.register(
                metrics, new BackupFolder(folder), Optional::empty, elsewhere, clock);
        assertShows(
                "rocket_backup_age_seconds 100.0",
                "rocket_backup_last_verified_timestamp_seconds 4711.0",
                "rocket_backup_seq NaN");
    }

    @Test
    void a_store_without_a_backup_is_as_old_as_itself_and_one_with_a_backup_as_old_as_that()
            throws IOException {
        BackupFigures.register(
                metrics,
                new BackupFolder(folder),
                () -> Optional.of(BEGAN),
                Optional::empty,
                clock);
        assertShows(
                "rocket_backup_age_seconds 0.0",
                "rocket_backup_last_verified_timestamp_seconds NaN",
                "rocket_backup_seq NaN");
        clock.pass(Duration.ofHours(37));
        assertShows("rocket_backup_age_seconds 133200.0");
        Instant made = clock.instant();
        BackupNote note =
                new BackupNote(
                        new Seq(5),
                        made,
                        "sqlite",
                        new BackupNote.Bytes(9, "0".repeat(64)),
                        Optional.empty(),
                        new BackupNote.Check(BackupNote.Verdict.VERIFIED, made, "planted"));
        Files.writeString(folder.resolve("rocket-000001-20310102T130000Z.json"), note.print());
        Files.writeString(folder.resolve("rocket-000001-20310102T130000Z.db"), "");
        clock.pass(Duration.ofHours(1));
        assertShows(
                "rocket_backup_age_seconds 3600.0",
                "rocket_backup_seq 5.0",
                "rocket_backup_last_verified_timestamp_seconds " + made.toEpochMilli() / 1e3);
    }

    /** A store that says what it is told to. */
    private static final class Moving implements Probe {

        private Reading now = new Reading("sqlite", 3, 0, 1, 2, 3, 4_000);

        @Override
        public Optional<String> trouble(Duration atMost) {
            return Optional.empty();
        }

        @Override
        public Reading reading() {
            return now;
        }
    }

    @Test
    void the_figures_of_a_store_follow_it_to_another_engine() {
        Moving store = new Moving();
        metrics.watch(store);
        assertShows(
                "rocket_store_info{engine=\"sqlite\",schema=\"3\"} 1",
                "rocket_store_free_bytes 4000.0");
        store.now = new Probe.Reading("postgres", 2, 0, 1, 2, 0, Probe.Reading.UNTOLD);
        assertShows(
                "rocket_store_info{engine=\"postgres\",schema=\"2\"} 1",
                "rocket_store_free_bytes NaN");
        assertEquals(
                1,
                new String(metrics.text(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("rocket_store_info{"))
                        .count());
    }
}
