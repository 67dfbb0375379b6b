package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * The file, held: its lock, its permissions and the way to open connections on it.
 *
 * <p>The lock is an operating system's lock on a file beside it, so it ends with the process
 * however that ends. The permissions are set before SQLite sees the file, since SQLite gives the
 * log and the shared memory those of the database.
 */
final class SqliteConnections implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.sqlite");

    /** How long a statement waits for another program that holds the file, in milliseconds. */
    static final int BUSY_MILLIS = 5_000;

    /** The mode of every file of a store. */
    static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * The files that this process holds. The system lets go of all of a process's locks on a file
     * as soon as it closes the file once, so a second opening must not even look into one.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final int cacheKib;
    private final FileChannel lock;
    private final @Nullable Object fileKey;

    private SqliteConnections(Path path, int cacheKib, FileChannel lock, @Nullable Object fileKey) {
        this.path = path;
        this.cacheKib = cacheKib;
        this.lock = lock;
        this.fileKey = fileKey;
    }

    /**
     * Takes hold of a file, making it when there is none; leaves a file that does not fit as it is.
     *
     * @throws StoreException with LOCKED, FOREIGN, READ_ONLY or UNAVAILABLE
     */
    static SqliteConnections hold(SqliteConfig config) {
        Path path = config.path().toAbsolutePath();
        if (Files.isDirectory(path)) {
            throw new StoreException(
                    Kind.FOREIGN, path + " is a folder; name a file in it with ROCKET_DB_PATH.");
        }
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException(
                    Kind.UNAVAILABLE, "The folder " + folder + " does not exist; make it first.");
        }
        try {
            return holdOnce(real(path, folder), config);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    static StoreException unusable(Path path, IOException e) {
        boolean readOnly =
                e instanceof AccessDeniedException || !Files.isWritable(path.resolveSibling(""));
        return new StoreException(
                readOnly ? Kind.READ_ONLY : Kind.UNAVAILABLE,
                "The database " + path + " cannot be used: " + e + "; check rights and disk.",
                e);
    }

    /** The path without links, so that one file has one lock and one log whatever it is called. */
    private static Path real(Path path, Path folder) throws IOException {
        return Files.exists(path)
                ? path.toRealPath()
                : folder.toRealPath().resolve(path.getFileName());
    }

    private static SqliteConnections holdOnce(Path path, SqliteConfig config) throws IOException {
        if (!HELD.add(path)) {
            throw locked(path);
        }
        try {
            return hold(path, config);
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    private static SqliteConnections hold(Path path, SqliteConfig config) throws IOException {
        FormerFile.checkNone(path);
        if (Files.exists(path)) {
            SqliteSchema.checkHeader(path);
        }
        for (String ending : List.of("", "-wal", "-shm")) {
            checkMode(beside(path, ending), config.strict());
        }
        FileChannel lock = lock(beside(path, ".lock"), path);
        try {
            create(path);
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return new SqliteConnections(path, config.cacheKib(), lock, key);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    /** Makes a file for its owner alone, unless it is there. */
    static void create(Path path) throws IOException {
        Set<StandardOpenOption> options =
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isPosix(path)) {
            FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(OWNER)).close();
        } else {
            FileChannel.open(path, options).close();
        }
    }

    private static FileChannel lock(Path file, Path database) throws IOException {
        create(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw locked(database);
        }
        channel.close();
        throw locked(database);
    }

    private static StoreException locked(Path database) {
        return new StoreException(
                Kind.LOCKED,
                database
                        + " is open already, in this process or another; one server serves a"
                        + " SQLite file. Stop it, or choose another ROCKET_DB_PATH.");
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void checkMode(Path path, boolean strict) throws IOException {
        if (!isPosix(path) || !Files.exists(path)) {
            return;
        }
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        mode.addAll(Files.getPosixFilePermissions(path));
        mode.removeAll(OWNER);
        if (mode.isEmpty()) {
            return;
        }
        String finding =
                path + " may be used by others than its owner; run: chmod 600 '" + path + "'";
        if (strict) {
            throw new StoreException(Kind.FOREIGN, finding);
        }
        LOG.log(System.Logger.Level.WARNING, finding);
    }

    /** A connection that may write; the first one makes the schema. */
    Connection writer() {
        try {
            Connection connection = open();
            try {
                if (bytes("") == 0) {
                    run(connection, List.of("PRAGMA auto_vacuum = INCREMENTAL"));
                }
                SqliteSchema.apply(connection, path);
                FormerFile.mark(lock);
                run(
                        connection,
                        List.of(
                                "PRAGMA journal_mode = WAL",
                                "PRAGMA synchronous = FULL",
                                "PRAGMA wal_autocheckpoint = 0",
                                "PRAGMA temp_store = MEMORY",
                                "PRAGMA cache_size = -" + cacheKib));
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteFailures.of("opening " + path, e);
        }
    }

    /** A connection that may only read. */
    Connection reader() {
        try {
            Connection connection = open();
            run(
                    connection,
                    List.of(
                            "PRAGMA query_only = ON",
                            "PRAGMA temp_store = MEMORY",
                            "PRAGMA cache_size = -" + cacheKib / 4));
            return connection;
        } catch (SQLException e) {
            throw SqliteFailures.of("opening " + path, e);
        }
    }

    /** A connection that may merge the log, as durably as the writer would. */
    Connection merger() {
        try {
            Connection connection = open();
            run(connection, List.of("PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 0"));
            return connection;
        } catch (SQLException e) {
            throw SqliteFailures.of("opening " + path, e);
        }
    }

    /** Where a store is loaded before it takes the place of the file. */
    LoadingFile loading() {
        return new LoadingFile(path, lock);
    }

    private Connection open() throws SQLException {
        return open(path);
    }

    static Connection open(Path path) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(BUSY_MILLIS);
        // Else the driver prepares and runs one more query after each insert.
        settings.setGetGeneratedKeys(false);
        Connection connection = settings.createConnection("jdbc:sqlite:" + path);
        // Transactions are begun and ended by statements. Told so, the driver no longer tries to
        // begin and commit one of its own after each statement that gives no row.
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Looks whether the path still leads to the file that is held; one look at the folder.
     *
     * @throws StoreException with UNAVAILABLE when it was deleted or replaced
     */
    void checkInPlace() {
        try {
            Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            if (now == null || now.equals(fileKey)) {
                return;
            }
        } catch (IOException e) {
            throw moved(path, "deleted", e);
        }
        throw moved(path, "replaced", null);
    }

    private static StoreException moved(Path path, String how, @Nullable IOException e) {
        return new StoreException(
                Kind.UNAVAILABLE,
                path
                        + " was "
                        + how
                        + " underneath the server, so nothing more is written; stop the server,"
                        + " put the right file in place and start it again.",
                e == null ? new IOException("not the file that was opened") : e);
    }

    /** The size of the file with that ending, in bytes; 0 when there is none. */
    long bytes(String ending) {
        Path file = beside(path, ending);
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The space left on the file's volume, in bytes; also when the file itself is gone. */
    long freeBytes() {
        return path.resolveSibling(".").toFile().getUsableSpace();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "The lock cannot be let go: " + e, e);
        } finally {
            HELD.remove(path);
        }
    }
}
