package dev.rocket.postgres;

import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A schema that is older than this program's, to be advanced.
 *
 * <p>All is one transaction, begun when it is held: it has the lock that every server of any
 * version takes before it opens the schema, so those that start meanwhile wait for its end, and
 * whatever ends it early takes back all that was done. What is rehearsed on is another schema; its
 * name is made of the name of this one, so that what a killed run left is found and dropped.
 */
public final class PostgresUpgrade implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.postgres");

    private final PostgresConfig config;
    private final Connection connection;
    private final boolean held;
    private final int from;

    private PostgresUpgrade(PostgresConfig config, Connection connection, boolean held, int from) {
        this.config = config;
        this.connection = connection;
        this.held = held;
        this.from = from;
    }

    /**
     * Takes hold of a store of an older schema; waits while another does.
     *
     * @return empty when there is none, or it needs no change
     * @throws StoreException with LOCKED when servers have it open, FOREIGN when it is only to be
     *     validated, and as {@link PostgresStore#open} does
     */
    public static Optional<PostgresUpgrade> hold(PostgresConfig config) {
        return found(config, true);
    }

    /**
     * Looks at a store of an older schema beside the servers that have it; it cannot be advanced
     * so.
     *
     * @return empty when there is none, or it needs no change
     * @throws StoreException as {@link #hold} does
     */
    public static Optional<PostgresUpgrade> beside(PostgresConfig config) {
        return found(config, false);
    }

    private static Optional<PostgresUpgrade> found(PostgresConfig config, boolean hold) {
        int seen = Glance.version(config);
        if (seen == 0 || seen >= PostgresSchema.version()) {
            return Optional.empty();
        }
        if (config.validate()) {
            throw PostgresSchema.missing(config.schema(), seen);
        }
        try {
            Connection connection = PostgresConnections.patient(config, "rocket-upgrade");
            boolean kept = false;
            try {
                begin(connection, config, hold);
                int from = look(connection, config);
                kept = from < PostgresSchema.version();
                PostgresUpgrade old = new PostgresUpgrade(config, connection, hold, from);
                if (kept && hold) {
                    kept = false;
                    old.checkAlone();
                    kept = true;
                }
                return kept ? Optional.of(old) : Optional.empty();
            } finally {
                if (!kept) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("opening " + config.server(), e);
        }
    }

    private static void begin(Connection connection, PostgresConfig config, boolean hold)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET TRANSACTION ISOLATION LEVEL "
                            + (hold ? "READ COMMITTED" : "REPEATABLE READ READ ONLY"));
            // It is idle for as long as a backup takes, and that is meant.
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SET LOCAL search_path TO " + config.schema());
        }
        lock(connection, config, "rehearsal");
        if (hold) {
            lock(connection, config, "schema");
        }
    }

    private static void lock(Connection connection, PostgresConfig config, String purpose)
            throws SQLException {
        long key = PostgresSchema.key(purpose, config.schema());
        try (Statement statement = connection.createStatement()) {
            boolean free;
            try (var row =
                    statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + key + ")")) {
                free = row.next() && row.getBoolean(1);
            }
            if (!free) {
                String wait = " is being advanced, or that is rehearsed, elsewhere; waiting";
                LOG.log(System.Logger.Level.INFO, "The schema " + config.schema() + wait);
                statement.execute("SELECT pg_advisory_xact_lock(" + key + ")");
            }
        }
    }

    private static int look(Connection connection, PostgresConfig config) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return PostgresSchema.found(statement, config.schema());
        }
    }

    /** Refuses to go on while a server has it open, which would not know what became of it. */
    private void checkAlone() {
        int servers = Glance.servers(config);
        if (servers > 0) {
            throw new StoreException(
                    Kind.LOCKED,
                    "The schema "
                            + config.schema()
                            + " is at version "
                            + from
                            + " and must be advanced, and servers that know no other have it open: "
                            + servers
                            + ". Stop them first, then start this one again.");
        }
    }

    /** The version of its schema. */
    public int from() {
        return from;
    }

    /** The version that it is advanced to. */
    public int to() {
        return PostgresSchema.version();
    }

    /** It as it is, to be read alone by one thread, until this is closed. */
    public Store asItIs() {
        return new ReadStore(connection, config.schema(), from);
    }

    private PostgresConfig rehearsal() {
        long key = PostgresSchema.key("rehearsal", config.schema());
        return config.withSchema("rocket_rehearsal_" + HexFormat.of().toHexDigits(key))
                .withConnections(2);
    }

    /**
     * Opens a way into the schema that is rehearsed on, which is made anew as this one is.
     *
     * @throws StoreException as {@link PostgresLoader#open(PostgresConfig)} does
     */
    public Loader stage() {
        strike();
        return PostgresLoader.open(rehearsal(), from);
    }

    /**
     * Advances what was loaded there and opens it, as a server would; the caller closes it.
     *
     * @throws StoreException when the engine refuses it
     */
    public Store rehearsed() {
        PostgresConfig there = rehearsal();
        try (Connection other = PostgresConnections.patient(there, "rocket-rehearsal")) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("SET LOCAL search_path TO " + there.schema());
                PostgresSchema.change(statement, from, to());
            }
            other.commit();
        } catch (SQLException e) {
            throw PostgresFailures.of("advancing a copy", e);
        }
        return PostgresStore.open(there, Meter.NONE);
    }

    /** Drops what was rehearsed on; idempotent. */
    public void strike() {
        String schema = rehearsal().schema();
        try (Connection other = PostgresConnections.patient(config, "rocket-rehearsal");
                Statement statement = other.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        } catch (SQLException e) {
            throw PostgresFailures.of("dropping " + schema, e);
        }
    }

    /**
     * Advances it and ends the transaction; others wait until then.
     *
     * @param check looks at what came of it before it counts; what it throws takes all of it back
     * @throws StoreException with UNKNOWN_OUTCOME when nobody knows whether it was committed, else
     *     nothing was changed; LOCKED when a server has opened it meanwhile
     * @throws IllegalStateException when it is not held
     */
    public void advance(Consumer<? super Snapshot> check) {
        if (!held) {
            throw new IllegalStateException(config.schema() + " is only looked at");
        }
        checkAlone();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '10s'");
            statement.execute("LOCK TABLE change IN SHARE ROW EXCLUSIVE MODE");
            PostgresSchema.change(statement, from, to());
            Statements made = new Statements(connection);
            check.accept(new PostgresSnapshot(made, new Sight.Quiet(made)));
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("advancing the schema " + config.schema(), e.why());
        } catch (SQLException e) {
            throw PostgresFailures.of("advancing the schema " + config.schema(), e);
        }
        commit();
    }

    private void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (!PostgresFailures.isBroken(e)) {
                throw PostgresFailures.of("advancing the schema " + config.schema(), e);
            }
            throw new StoreException(
                    Kind.UNKNOWN_OUTCOME,
                    "The connection broke while the schema "
                            + config.schema()
                            + " was advanced, so it is not known whether it was; it is whole, and"
                            + " the next start finds out.",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailures.of("letting go of the schema " + config.schema(), e);
        }
    }
}
