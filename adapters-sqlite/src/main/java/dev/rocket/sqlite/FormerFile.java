package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What outlives a database beside its path.
 *
 * <p>That is a mark in the file of its lock, and the log with its newest commits, which the engine
 * throws away as soon as it opens an empty file beside it.
 */
public final class FormerFile {

    private static final byte[] MARK = "a database is here\n".getBytes(StandardCharsets.US_ASCII);

    private FormerFile() {}

    /**
     * Whether nothing that could be a database is at a path; an empty file is nothing, too.
     *
     * @throws StoreException with READ_ONLY or UNAVAILABLE when it cannot be read
     */
    public static boolean isGone(Path path) {
        try {
            return !Files.exists(path)
                    || StoreHeader.read(path).filter(StoreHeader::isSqlite).isEmpty();
        } catch (IOException e) {
            throw SqliteConnections.unusable(path, e);
        }
    }

    /** The files beside a path that a database has left, whether it is still there or not. */
    public static List<Path> traces(Path path) {
        return Stream.of(".lock", "-wal")
                .map(ending -> SqliteConnections.beside(path, ending))
                .filter(file -> file.toFile().length() > 0)
                .toList();
    }

    /**
     * Looks whether a database was where there is none.
     *
     * @throws StoreException with FOREIGN when it was
     */
    static void checkNone(Path path) {
        List<Path> traces = traces(path);
        if (!traces.isEmpty() && isGone(path)) {
            throw StoreException.lost(path.toString(), traces);
        }
    }

    /** Forgets a database that is about to go because nobody wants it. */
    static void forget(FileChannel lock) {
        try {
            lock.truncate(0);
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "The lock cannot be written: " + e, e);
        }
    }

    /** Remembers that a database is there, by way of the lock that is held. */
    static void mark(FileChannel lock) {
        try {
            lock.write(ByteBuffer.wrap(MARK), 0);
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "The lock cannot be written: " + e, e);
        }
    }
}
