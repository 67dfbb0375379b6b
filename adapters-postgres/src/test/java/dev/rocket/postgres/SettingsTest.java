package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Change;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store says of a Postgres that was set up so that it cannot work, or is full. */
final class SettingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 10_000;

    @TempDir Path folder;

    private static Change write(Store store, String title) {
        return store.write(tx -> tx.apply(Straggler.birth(title)));
    }

    private static StoreException refused(PostgresConfig config) {
        return assertThrows(
                StoreException.class, () -> PostgresStore.open(config, Meter.NONE).close());
    }

    @Test
    void a_wrong_password_is_told_without_it() throws Exception {
        try (Cluster cluster = Cluster.in(folder)) {
            cluster.run("CREATE ROLE keeper SUPERUSER LOGIN PASSWORD 'right-word'");
            cluster.letIn("host all keeper 127.0.0.1/32 scram-sha-256");
            String url = "postgres://keeper:right-word@127.0.0.1:" + cluster.port() + "/postgres";
            PostgresStore.open(PostgresConfig.at(url), Meter.NONE).close();
            for (String secret : List.of(":wrong-word", "")) {
                String other = url.replace(":right-word", secret);
                StoreException told = refused(PostgresConfig.at(other));
                assertEquals(Kind.UNAVAILABLE, told.kind());
                String message = String.valueOf(told.getMessage());
                assertTrue(message.contains("check user and password"), message);
                for (Throwable e = told; e != null; e = e.getCause()) {
                    assertFalse(String.valueOf(e).contains("wrong-word"), String.valueOf(e));
                }
            }
        }
    }

    @Test
    void a_database_that_was_made_read_only_says_so_until_it_is_not() throws Exception {
        try (Cluster cluster = Cluster.in(folder)) {
            try (Store store = PostgresStore.open(cluster.config(), Meter.NONE)) {
                write(store, "first");
            }
            cluster.run("ALTER DATABASE postgres SET default_transaction_read_only = on");
            try (Store store = PostgresStore.open(cluster.config(), Meter.NONE)) {
                StoreException told =
                        assertThrows(StoreException.class, () -> write(store, "not now"));
                assertEquals(Kind.READ_ONLY, told.kind());
                assertTrue(
                        String.valueOf(told.getMessage()).contains("default_transaction_read_only"),
                        told.getMessage());
                assertTrue(store.probe().trouble(PATIENCE).orElse("").contains("read_only is on"));
                assertEquals(1, new Follower(store).until(1).size());
            }
        }
    }

    /** The version is changed on the way, since no older server is at hand. */
    @Test
    void a_server_that_is_too_old_is_foreign_and_told_what_is_needed() throws Exception {
        String version = "server_version\0";
        try (Relay relay =
                new Relay(
                        Server.port(),
                        text -> text.replaceAll(version + "\\d\\d\\.", version + "13."))) {
            String url = Server.url().replace(":" + Server.port(), ":" + relay.port());
            StoreException told = refused(PostgresConfig.at(url));
            assertEquals(Kind.FOREIGN, told.kind());
            assertTrue(
                    String.valueOf(told.getMessage())
                            .startsWith("The database is Postgres 13; Rocket needs 14 or newer"),
                    told.getMessage());
        }
    }

    private static String durability(PostgresConfig config) throws SQLException {
        try (PostgresConnections connections = PostgresConnections.open(config);
                Connection writer = connections.writer()) {
            Statements statements = new Statements(writer);
            statements.begin(connections.begin("BEGIN"));
            try {
                return statements
                        .first(row -> row.getString(1), "SHOW synchronous_commit")
                        .orElseThrow();
            } finally {
                statements.rollback();
            }
        }
    }

    /** Goal: what was answered is durable, whatever the database or the address says. */
    @Test
    void a_commit_that_would_not_wait_for_the_disk_is_made_to() throws Exception {
        PostgresConfig usual = PostgresConfig.at(Server.url());
        try (Connection operator = Server.connect(usual);
                Statement statement = operator.createStatement()) {
            statement.execute("CREATE DATABASE lazy");
            statement.execute("ALTER DATABASE lazy SET synchronous_commit = off");
        }
        String lazy = Server.url().replaceFirst("\\w+$", "lazy");
        String option = "?options=-c%20synchronous_commit=";
        assertEquals("on", durability(PostgresConfig.at(lazy)));
        assertEquals("remote_apply", durability(PostgresConfig.at(lazy + option + "remote_apply")));
        assertEquals("on", durability(PostgresConfig.at(Server.url() + option + "off")));
        assertEquals("on", durability(usual));
    }

    /**
     * Goal: a full disk refuses writes clearly, and they go on when there is space again. Method:
     * the tables are on a small volume that only this server sees, and a stranger's table fills it.
     */
    @Test
    void a_full_disk_refuses_writes_until_there_is_space() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        String mount = "mount -t tmpfs -o size=16m,mode=700 none \"$0\" && exec unshare -U \"$@\"";
        List<String> prefix = List.of("unshare", "-Urm", "sh", "-c", mount, small.toString());
        try (Cluster cluster = Cluster.in(folder, prefix)) {
            cluster.run("CREATE TABLESPACE small LOCATION '" + small + "'");
            cluster.run("ALTER DATABASE postgres SET default_tablespace = small");
            try (Store store = PostgresStore.open(cluster.config(), Meter.NONE)) {
                List<Change> written = new ArrayList<>(List.of(write(store, "first")));
                fill(cluster);
                StoreException told =
                        assertThrows(StoreException.class, () -> writeUntilFull(store, written));
                assertEquals(Kind.FULL, told.kind());
                assertTrue(String.valueOf(told.getMessage()).contains("free space"));
                cluster.run("DROP TABLE ballast");
                written.add(write(store, "again"));
                assertEquals(written, new Follower(store).until(written.size()));
                assertEquals(Optional.empty(), store.probe().trouble(PATIENCE));
            }
        }
    }

    private static void writeUntilFull(Store store, List<Change> written) {
        for (int i = 0; i < MANY; i++) {
            written.add(write(store, "more " + i));
        }
    }

    /** Each row takes a page; first many at a time, then one by one. */
    private static void fill(Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ballast (stone text STORAGE PLAIN)");
            for (int rows : List.of(200, 20, 1)) {
                String more =
                        "INSERT INTO ballast SELECT repeat('x', 8000) FROM generate_series(1, "
                                + rows
                                + ")";
                SQLException full =
                        assertThrows(
                                SQLException.class,
                                () -> {
                                    for (int i = 0; i < MANY; i++) {
                                        statement.execute(more);
                                    }
                                });
                assertEquals("53100", full.getSQLState());
            }
        }
    }
}
