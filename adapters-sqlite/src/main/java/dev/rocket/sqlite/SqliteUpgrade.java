package dev.rocket.sqlite;

import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file whose schema is older than this program's, to be advanced.
 *
 * <p>It is held as a server would hold it, so no server of any version starts on it meanwhile.
 * Until {@link #advance(Consumer)} has committed, nothing of it is changed.
 */
public final class SqliteUpgrade implements AutoCloseable {

    private static final List<String> SETTINGS =
            List.of("PRAGMA synchronous = FULL", "PRAGMA temp_store = MEMORY");

    private final SqliteConfig config;
    private final Optional<SqliteConnections> held;
    private final int from;

    private SqliteUpgrade(SqliteConfig config, Optional<SqliteConnections> held, int from) {
        this.config = config;
        this.held = held;
        this.from = from;
    }

    /**
     * Takes hold of a store of an older schema.
     *
     * @return empty when there is none, or it needs no change
     * @throws StoreException as {@link SqliteStore#open} does
     */
    public static Optional<SqliteUpgrade> hold(SqliteConfig config) {
        if (!looksOutdated(config.path())) {
            return Optional.empty();
        }
        SqliteConnections held = SqliteConnections.hold(config);
        try {
            Optional<SqliteUpgrade> found = found(config, Optional.of(held));
            if (found.isEmpty()) {
                held.close();
            }
            return found;
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /**
     * Looks at a store of an older schema beside the server that has it; it cannot be advanced so.
     *
     * @return empty when there is none, or it needs no change
     * @throws StoreException as {@link SqliteStore#beside} does
     */
    public static Optional<SqliteUpgrade> beside(SqliteConfig config) {
        return looksOutdated(config.path()) ? found(config, Optional.empty()) : Optional.empty();
    }

    /** Whether its header says so; the log beside it may know better. */
    private static boolean looksOutdated(Path path) {
        try {
            return Files.isRegularFile(path)
                    && StoreHeader.read(path).filter(StoreHeader::isOutdated).isPresent();
        } catch (IOException e) {
            throw SqliteConnections.unusable(path, e);
        }
    }

    private static Optional<SqliteUpgrade> found(
            SqliteConfig config, Optional<SqliteConnections> held) {
        try (Connection connection = BesideStore.connection(config.path().toAbsolutePath())) {
            int version = SqliteSchema.version(connection);
            return version < SqliteSchema.version()
                    ? Optional.of(new SqliteUpgrade(config, held, version))
                    : Optional.empty();
        } catch (SQLException e) {
            throw SqliteFailures.of("opening " + config.path(), e);
        }
    }

    /** The version of its schema. */
    public int from() {
        return from;
    }

    /** The version that it is advanced to. */
    public int to() {
        return SqliteSchema.version();
    }

    /** Opens it as it is, to read it alone; the caller closes it. */
    public Store asItIs() {
        return SqliteStore.beside(config);
    }

    /**
     * Advances it, in one transaction.
     *
     * @param check looks at what came of it before it counts; what it throws takes all of it back
     * @throws StoreException when the engine refuses it; then nothing was changed
     * @throws IllegalStateException when it is not held
     */
    public void advance(Consumer<? super Snapshot> check) {
        if (held.isEmpty()) {
            throw new IllegalStateException(config.path() + " is only looked at");
        }
        advance(config.path().toAbsolutePath(), from, check);
    }

    /** Advances a copy that nobody else knows of; one that needs no change stays as it is. */
    static void advance(Path copy) {
        SqliteConfig config = SqliteConfig.at(copy);
        if (looksOutdated(copy)) {
            found(config, Optional.empty())
                    .ifPresent(old -> advance(copy.toAbsolutePath(), old.from, snapshot -> {}));
        }
    }

    private static void advance(Path path, int from, Consumer<? super Snapshot> check) {
        try {
            Connection connection = SqliteConnections.open(path);
            try (Statements statements = new Statements(connection)) {
                SqliteConnections.run(connection, SETTINGS);
                SqliteSnapshot made = new SqliteSnapshot(statements);
                SqliteSchema.change(connection, from, () -> check.accept(made));
            }
        } catch (Statements.Failed e) {
            throw SqliteFailures.of("advancing the schema of " + path, e.why());
        } catch (SQLException e) {
            throw SqliteFailures.of("advancing the schema of " + path, e);
        }
    }

    @Override
    public void close() {
        held.ifPresent(SqliteConnections::close);
    }
}
