package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.contract.RandomFeed;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.CopyStore;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateTest {

    @TempDir private Path folder = Path.of("");

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Path filled() {
        Path db = file("tasks.db");
        try (Store store = StoreFile.of(db.toString()).open()) {
            RandomFeed.fill(store, System.nanoTime(), 400);
        }
        return db;
    }

    /** An empty database whose address may stand on the command line. */
    private static String postgres() {
        return PostgresServer.fresh().replace(":hush-hush", "");
    }

    private static String digest(Run run) {
        return run.out().replaceAll("(?s).*digest +", "").strip();
    }

    @Test
    void a_copy_goes_to_postgres_and_comes_home_the_same() {
        Path db = filled();
        String url = postgres();
        Run there = Run.of("migrate", "--from", db, "--to", url, "--copy");
        assertEquals(0, there.code(), there.out() + there.err());
        assertTrue(there.out().contains("The stores are equal\n"), there.out());
        assertTrue(there.out().contains("Nothing was lost."), there.out());
        assertTrue(there.out().contains("ROCKET_DATABASE_URL=postgres://postgres@"), there.out());
        Path home = file("home.db");
        Run back = Run.of("migrate", "--from", url, "--to", home, "--copy");
        assertEquals(0, back.code(), back.out() + back.err());
        assertTrue(back.out().contains("ROCKET_DB_PATH=" + home), back.out());
        Run equal = Run.of("verify", "--db", db, "--against", home);
        assertEquals(0, equal.code(), equal.out() + equal.err());
        Run sound = Run.of("verify", "--db", home);
        assertEquals(0, sound.code(), sound.out());
        assertEquals(digest(Run.of("verify", "--db", db)), digest(sound));
    }

    @Test
    void a_dry_run_checks_and_leaves_nothing() {
        Path db = filled();
        Path home = file("home.db");
        String url = postgres();
        for (Object target : new Object[] {url, home}) {
            Run run = Run.of("migrate", "--from", db, "--to", target, "--dry-run");
            assertEquals(0, run.code(), run.out() + run.err());
            assertTrue(run.out().contains("estimate "), run.out());
            assertTrue(run.out().contains("Nothing was copied."), run.out());
        }
        assertFalse(Files.exists(home));
        assertFalse(Files.exists(file("home.db.loading")));
        Run run = Run.of("verify", "--db", url);
        assertEquals(1, run.code(), run.out() + run.err());
        assertTrue(run.err().contains("is at version 0"), run.err());
    }

    @Test
    void what_cannot_be_copied_is_said_in_one_line() throws IOException {
        Path db = filled();
        Path other = file("other.db");
        Files.writeString(other, "something else");
        String url = postgres();
        refused(2, "names the store itself", db, db);
        refused(2, "does not exist; name the file with --from", file("missing.db"), other);
        refused(1, "is not a SQLite database", db, other);
        refused(2, "put the address into ROCKET_TARGET_URL_FILE", db, PostgresServer.fresh());
        refused(2, "put the address into ROCKET_TARGET_URL_FILE", db, url + "?password=hush-hush");
        refused(2, "The folder", db, file("nowhere").resolve("home.db"));
        assertEquals(0, Run.of("migrate", "--from", db, "--to", url, "--copy").code());
        refused(1, "holds a store already", db, url);
        Path home = file("home.db");
        assertEquals(0, Run.of("migrate", "--from", db, "--to", home, "--copy").code());
        refused(1, "holds something already", db, file("home.db"));
        try (Store held = StoreFile.of(db.toString()).open()) {
            assertTrue(held.head().isAfter(Seq.START));
            refused(1, "or name another file with --from", db, file("again.db"));
        }
    }

    @Test
    void after_a_move_the_source_is_kept_and_says_where_the_data_went() {
        Path db = filled();
        String url = postgres();
        Run there = Run.of("migrate", "--from", db, "--to", url);
        assertEquals(0, there.code(), there.out() + there.err());
        assertTrue(there.out().contains(" is marked as moved and kept\n"), there.out());
        Run left = Run.of("export", "--db", db);
        assertEquals(1, left.code(), left.out());
        assertTrue(left.err().contains(db + " was moved to postgresql://"), left.err());
        Run sound = Run.of("verify", "--db", url);
        assertEquals(0, sound.code(), sound.out() + sound.err());
        Path home = file("home.db");
        Run back = Run.of("migrate", "--from", url, "--to", home);
        assertEquals(0, back.code(), back.out() + back.err());
        assertEquals(digest(sound), digest(Run.of("verify", "--db", home)));
    }

    @Test
    void a_move_that_failed_before_its_end_is_begun_anew_over_its_copy() {
        Path db = filled();
        Path home = file("home.db");
        try (Store store = StoreFile.of(db.toString()).open();
                Loader loader = StoreFile.of(home.toString()).loader()) {
            loader.custody(new Custody(Custody.State.ARRIVING, db.toString(), Instant.EPOCH));
            new CopyStore(store).run(loader, far -> {});
        }
        Run opened = Run.of("export", "--db", home);
        assertTrue(opened.err().contains("never took its place"), opened.err());
        Run again = Run.of("migrate", "--from", db, "--to", home);
        assertEquals(0, again.code(), again.out() + again.err());
        assertEquals(0, Run.of("verify", "--db", home).code());
    }

    @Test
    void what_does_not_go_together_is_refused() {
        Path db = filled();
        for (String[] words :
                new String[][] {
                    {"migrate", "--from", db.toString()},
                    {"migrate", "--back"},
                    {"migrate", "--to", "a.db", "--freeze", "1s"},
                    {"migrate", "--url", "http://127.0.0.1:1", "--to", "a.db", "--copy"},
                    {"migrate", "--url", "http://127.0.0.1:1", "--to", "a.db", "--back"},
                }) {
            assertEquals(2, Run.of((Object[]) words).code(), String.join(" ", words));
        }
    }

    @Test
    void the_env_file_names_the_new_place_and_keeps_all_else() throws IOException {
        Path env = file(".env");
        Files.writeString(
                env,
                """
                # mine
                export ROCKET_DB_PATH=old.db
                ROCKET_PORT=9001
                ROCKET_DATABASE_URL_FILE=x
                """);
        Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-r-----"));
        List<String> told =
                List.of(
                        "ROCKET_DATABASE_URL=postgres://u@db/t   (with its password, best by)",
                        "ROCKET_DB_SCHEMA=rocket",
                        "ROCKET_DB_PATH unset");
        EnvSettings settings = new EnvSettings(env, told, "postgres://u:pw@db/t");
        assertTrue(settings.isInUse());
        assertTrue(settings.write().endsWith(" holds them now."));
        assertEquals(
                """
                # mine
                # before the move: export ROCKET_DB_PATH=old.db
                ROCKET_PORT=9001
                # before the move: ROCKET_DATABASE_URL_FILE=x
                ROCKET_DATABASE_URL='postgres://u:pw@db/t'
                ROCKET_DB_SCHEMA='rocket'
                """,
                Files.readString(env));
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(env)));
        List<String> home = List.of("ROCKET_DB_PATH=/v/t.db", "ROCKET_DATABASE_URL unset");
        new EnvSettings(env, home, "").write();
        String now = Files.readString(env);
        assertFalse(now.contains("pw"), now);
        assertTrue(now.endsWith("ROCKET_DB_PATH='/v/t.db'\n"), now);
        assertFalse(new EnvSettings(file("none"), home, "").isInUse());
    }

    private static void refused(int code, String told, Object from, Object to) {
        Run run = Run.of("migrate", "--from", from, "--to", to);
        assertEquals(code, run.code(), run.out() + run.err());
        assertTrue(run.err().contains(told), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse((run.out() + run.err()).contains("hush-hush"), run.err());
    }

    @Test
    void a_copy_that_was_interrupted_is_no_store_and_may_be_made_again() throws IOException {
        Path db = filled();
        Path home = file("home.db");
        Files.createFile(home);
        Files.copy(db, file("home.db.loading"));
        Run opened = Run.of("export", "--db", home);
        assertEquals(1, opened.code(), opened.out());
        assertTrue(opened.err().contains("was not finished; copy again"), opened.err());
        Run again = Run.of("migrate", "--from", db, "--to", home);
        assertEquals(0, again.code(), again.out() + again.err());
        assertFalse(Files.exists(file("home.db.loading")));
    }

    @Test
    void the_way_of_a_copy_tells_rows_rate_and_time_left() {
        AtomicLong nanos = new AtomicLong();
        try (Progress progress =
                new Progress(new PrintWriter(new StringWriter()), "migrate", -1, false)) {
            CopyProgress told = new CopyProgress(progress, nanos::get);
            nanos.set(2_000_000_000L);
            assertEquals(
                    "50000 rows, changes, 25000 a second, about 6 s of the feed left",
                    told.words(at(CopyStore.Step.CHANGES, 50_000)));
            assertEquals(
                    "250000 rows, entities, 125000 a second",
                    told.words(at(CopyStore.Step.ENTITIES, 250_000)));
        }
    }

    private static CopyStore.Progress at(CopyStore.Step step, long rows) {
        return new CopyStore.Progress(step, rows, new Seq(rows), new Seq(200_000));
    }
}
