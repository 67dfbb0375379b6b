package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store inside the transaction of a program that has its own rows. */
final class JoinedStoreTest {

    private final PostgresConfig config = Server.fresh();
    private final PostgresConfig elsewhere = Server.fresh();
    private final Store server = PostgresStore.open(config, Meter.NONE);

    @BeforeEach
    void make_the_caller_s_own_table() throws SQLException {
        try (Connection own = Server.connect(elsewhere);
                Statement statement = own.createStatement()) {
            statement.execute("CREATE SCHEMA " + elsewhere.schema());
            statement.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Connection begin() throws SQLException {
        Connection own = Server.connect(elsewhere);
        own.setAutoCommit(false);
        run(own, "INSERT INTO orders VALUES (1)");
        return own;
    }

    private static void run(Connection own, String sql) throws SQLException {
        try (Statement statement = own.createStatement()) {
            statement.execute(sql);
        }
    }

    private long orders() throws SQLException {
        try (Connection own = Server.connect(elsewhere);
                Statement statement = own.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Change apply(Store store, Change change) {
        return store.write(tx -> tx.apply(change));
    }

    @Test
    void what_is_written_is_committed_with_the_caller_s_rows() throws Exception {
        Change change;
        try (Connection own = begin();
                Store joined = PostgresStore.join(own, config.schema())) {
            change = apply(joined, Straggler.birth("joined"));
            Image.Id<?> id = change.image().id();
            assertFalse(server.read(s -> s.find(id)).isPresent());
            assertEquals(change.image(), joined.read(s -> s.find(id)).orElseThrow());
            assertEquals(List.of(), new Follower(server).look());
            run(own, "INSERT INTO orders VALUES (2)");
            own.commit();
        }
        assertEquals(List.of(change), new Follower(server).until(1));
        assertEquals(2, orders());
    }

    @Test
    void what_is_written_is_rolled_back_with_the_caller_s_rows() throws Exception {
        try (Connection own = begin()) {
            apply(PostgresStore.join(own, config.schema()), Straggler.birth("lost"));
            own.rollback();
        }
        Change kept = apply(server, Straggler.birth("kept"));
        assertEquals(List.of(kept), new Follower(server).until(1));
        assertEquals(0, orders());
    }

    @Test
    void what_is_written_goes_with_a_caller_that_is_killed() throws Exception {
        try (Connection own = begin()) {
            apply(PostgresStore.join(own, config.schema()), Straggler.birth("lost"));
            Server.kill(new Statements(own).number("SELECT pg_backend_pid()"));
        }
        Change kept = apply(server, Straggler.birth("kept"));
        assertEquals(List.of(kept), new Follower(server).until(1));
        assertEquals(0, orders());
    }

    @Test
    void a_refusal_takes_back_that_write_alone() throws Exception {
        Change change;
        try (Connection own = begin();
                Store joined = PostgresStore.join(own, config.schema())) {
            change = apply(joined, Straggler.birth("kept"));
            Change again = Change.draft(change.actor(), "task.create", change.at(), change.image());
            assertThrows(Refused.class, () -> apply(joined, again));
            run(own, "INSERT INTO orders VALUES (2)");
            own.commit();
        }
        assertEquals(List.of(change), new Follower(server).until(1));
        assertEquals(2, orders());
    }

    @Test
    void a_connection_that_commits_by_itself_is_refused() throws Exception {
        try (Connection own = Server.connect(elsewhere)) {
            assertThrows(
                    IllegalStateException.class, () -> PostgresStore.join(own, config.schema()));
        }
        assertEquals(Seq.START, server.head());
    }
}
