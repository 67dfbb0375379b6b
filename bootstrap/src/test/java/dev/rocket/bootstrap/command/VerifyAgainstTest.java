package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.RandomStore;
import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyAgainstTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final Label MORE =
            Label.named(new Label.Id(new UUID(7, 7)), "one more than before", NOW);

    @TempDir private Path folder = Path.of("");

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** A file with some of everything, and a copy of it in another store. */
    private Path filled(String copy) {
        Path db = file("tasks.db");
        try (Store store = StoreFile.of(db.toString()).open();
                Store other = StoreFile.of(copy).open()) {
            RandomStore.fill(store, System.nanoTime());
            RandomStore.copy(store, other);
        }
        return db;
    }

    private static void add(String place) {
        try (Store store = StoreFile.of(place).open()) {
            store.write(tx -> tx.apply(Change.draft(Actor.system("test"), "test", NOW, MORE)));
        }
    }

    @Test
    void a_malformed_address_is_told_under_the_option_that_gave_it_and_not_shown() {
        String broken = "postgres://me:hush-hush@/tasks";
        for (String option : new String[] {"--db", "--against"}) {
            Run told = Run.of("verify", option, broken);
            assertEquals(2, told.code(), told.out());
            String problem = option + " must name a host and a database";
            assertTrue(told.err().contains(problem), told.err());
            assertFalse(told.err().contains("ROCKET_DATABASE_URL"), told.err());
            assertFalse(told.err().contains("hush-hush"), told.err());
        }
    }

    @Test
    void a_copy_in_another_file_is_equal_until_it_gets_a_change_of_its_own() {
        Path copy = file("copy.db");
        Path db = filled(copy.toString());
        Run equal = Run.of("verify", "--db", db, "--against", copy);
        assertEquals(0, equal.code(), equal.out() + equal.err());
        assertTrue(equal.out().startsWith("The stores are equal\n"), equal.out());
        String digest = Run.verify(db).replaceAll("(?s).*digest +", "").strip();
        assertEquals(3, equal.out().split(digest, -1).length, equal.out());
        Run json = Run.of("verify", "--json", "--db", copy, "--against", db);
        assertTrue(json.out().startsWith("{\"equal\":true,\"places\":"), json.out());
        add(copy.toString());
        Run ahead = Run.of("verify", "--db", db, "--against", copy);
        assertEquals(1, ahead.code(), ahead.out() + ahead.err());
        assertTrue(ahead.out().contains("\n  against is ahead by 1 change\n"), ahead.out());
        assertTrue(ahead.out().contains("entities were not compared"), ahead.out());
        add(db.toString());
        Run again = Run.of("verify", "--db", db, "--against", copy);
        assertEquals(0, again.code(), again.out() + again.err());
    }

    @Test
    void a_copy_on_postgres_is_equal_and_what_differs_there_is_named() throws SQLException {
        String url = PostgresServer.fresh();
        Path db = filled(url);
        Run equal = Run.of("verify", "--db", db, "--against", url);
        assertEquals(0, equal.code(), equal.out() + equal.err());
        assertTrue(equal.out().contains("against   postgresql://localhost"), equal.out());
        Run turned = Run.of("verify", "--db", url, "--against", db);
        assertEquals(0, turned.code(), turned.out() + turned.err());
        add(db.toString());
        PostgresServer.run(url, "UPDATE rocket.change SET cause = 'other' WHERE seq = 3");
        Run differs = Run.of("verify", "--db", db, "--against", url);
        assertEquals(1, differs.code(), differs.out() + differs.err());
        assertTrue(differs.out().startsWith("DIFFERENT:\n  place 3 in the feed\n"), differs.out());
        assertTrue(differs.out().matches("(?s).* {4}store +seq 3 .*, test by .*"), differs.out());
        assertTrue(differs.out().matches("(?s).*against +seq 3 .*, other by .*"), differs.out());
        Run json = Run.of("verify", "--json", "--db", db, "--against", url);
        assertTrue(json.out().contains("\"feed\":{\"place\":3,\"store\":{\"seq\":3,"), json.out());
        for (Run run : new Run[] {equal, turned, differs, json}) {
            assertFalse((run.out() + run.err()).contains("hush-hush"), run.out());
        }
    }

    @Test
    void an_entity_that_was_lost_beside_the_feed_is_named() throws SQLException {
        Path copy = file("copy.db");
        Path db = filled(copy.toString());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("DELETE FROM entity WHERE kind = 'label'"));
        }
        Run run = Run.of("verify", "--db", db, "--against", copy);
        assertEquals(1, run.code(), run.out() + run.err());
        assertTrue(run.out().matches("(?s)DIFFERENT:\n  label [0-9a-f-]{36}\n.*"), run.out());
        assertTrue(run.out().contains("\n    store    revision 1, digest "), run.out());
        assertTrue(run.out().contains("\n    against  nothing\n"), run.out());
        Run json = Run.of("verify", "--json", "--db", copy, "--against", db);
        assertTrue(json.out().contains("\"entity\":{\"kind\":\"label\",\"id\":\""), json.out());
        assertTrue(json.out().contains("\",\"against\":{\"revision\":1,"), json.out());
    }

    /** A store in which an answer is remembered, and a copy with it. */
    private Path remembering(String copy) {
        Path db = file("remembering.db");
        Receipt.Key key = Receipt.Key.of("system:test", "pay-7");
        try (Store store = StoreFile.of(db.toString()).open()) {
            Change draft = Change.draft(Actor.system("test"), "test", NOW, MORE);
            store.write(
                    tx -> {
                        List<Seq> places = List.of(tx.apply(draft).seq());
                        tx.remember(new Receipt(key, "print", Instant.now(), places));
                        return 0;
                    });
        }
        Run copied = Run.of("migrate", "--from", db, "--copy", "--to", copy);
        assertEquals(0, copied.code(), copied.out() + copied.err());
        return db;
    }

    @Test
    void a_remembered_answer_that_was_lost_or_altered_is_named_on_either_engine()
            throws SQLException {
        Path copy = file("copy.db");
        Path db = remembering(copy.toString());
        assertEquals(0, Run.of("verify", "--db", db, "--against", copy).code());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("DELETE FROM receipt"));
        }
        Run lost = Run.of("verify", "--db", db, "--against", copy);
        assertEquals(1, lost.code(), lost.out() + lost.err());
        String named =
                "DIFFERENT:\n  answer to the key pay-7 of system:test\n    store    given at";
        assertTrue(lost.out().startsWith(named), lost.out());
        assertTrue(lost.out().contains("\n    against  nothing\n"), lost.out());
        Run json = Run.of("verify", "--json", "--db", db, "--against", copy);
        String said = "\"key\":{\"caller\":\"system:test\",\"key\":\"pay-7\",\"store\":true,";
        assertTrue(json.out().contains(said), json.out());

        String url = PostgresServer.fresh().replace(":hush-hush", "");
        Run moved = Run.of("migrate", "--from", db, "--copy", "--to", url);
        assertEquals(0, moved.code(), moved.out() + moved.err());
        assertTrue(moved.out().contains("keys      1 compared\n"), moved.out());
        PostgresServer.run(url, "UPDATE rocket.receipt SET fingerprint = 'other'");
        Run altered = Run.of("verify", "--db", url, "--against", db);
        assertEquals(1, altered.code(), altered.out() + altered.err());
        assertTrue(altered.out().startsWith(named), altered.out());
        assertTrue(altered.out().contains("\n    against  given at "), altered.out());
    }

    @Test
    void the_order_alone_is_compared_where_that_is_wanted() {
        try (Store one = StoreFile.of(file("one.db").toString()).open();
                Store other = StoreFile.of(file("other.db").toString()).open()) {
            Change draft = Change.draft(Actor.system("test"), "test", NOW, MORE);
            one.write(tx -> tx.apply(draft));
            other.write(tx -> tx.apply(draft.placed(new Seq(9), Seq.START)));
        }
        Run numbers = Run.of("verify", "--db", file("one.db"), "--against", file("other.db"));
        assertEquals(1, numbers.code(), numbers.out());
        Run order =
                Run.of(
                        "verify",
                        "--by-order",
                        "--db",
                        file("one.db"),
                        "--against=" + file("other.db"));
        assertEquals(0, order.code(), order.out() + order.err());
    }

    @Test
    void what_cannot_be_compared_is_said_in_one_line_and_nothing_is_made() {
        Path db = file("postgres.db");
        StoreFile.of(db.toString()).open().close();
        Path missing = file("missing.db");
        refused(2, "does not exist; name the file with --against", "--against", missing);
        refused(2, "--against names the store itself", "--against", db);
        refused(2, "set ROCKET_AGAINST_URL", "--against");
        refused(2, "--by-order goes with --against", "--by-order");
        try (Store held = StoreFile.of(file("held.db").toString()).open()) {
            assertEquals(0, held.head().value());
            refused(1, "or name another file with --against", "--against", file("held.db"));
        }
        assertFalse(Files.exists(missing));
    }

    private void refused(int code, String told, Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "verify";
        all[1] = "--db";
        all[2] = file("postgres.db");
        System.arraycopy(words, 0, all, 3, words.length);
        Run run = Run.of(all);
        assertEquals(code, run.code(), run.out() + run.err());
        assertTrue(run.err().contains(told), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
