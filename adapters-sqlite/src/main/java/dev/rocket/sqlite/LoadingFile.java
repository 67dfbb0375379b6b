package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;

/** The file beside a store's place in which a copy is made, until it takes the place. */
final class LoadingFile {

    private final Path place;
    private final FileChannel lock;
    private final Path file;

    /** Of a place that is held by a lock. */
    LoadingFile(Path place, FileChannel lock) {
        this.place = place;
        this.lock = lock;
        this.file = SqliteConnections.beside(place, ".loading");
    }

    /** Where it is. */
    Path path() {
        return file;
    }

    /**
     * Looks whether a load was interrupted, so that an empty place is no new store.
     *
     * @throws StoreException with FOREIGN
     */
    void checkNone() {
        if (isPlaceEmpty() && Files.exists(file)) {
            throw new StoreException(
                    Kind.FOREIGN,
                    "A copy into "
                            + place
                            + " was not finished; copy again, or delete "
                            + file
                            + " to begin with an empty store.");
        }
    }

    private boolean isPlaceEmpty() {
        try {
            return !Files.exists(place) || Files.size(place) == 0;
        } catch (IOException e) {
            throw SqliteConnections.unusable(place, e);
        }
    }

    /**
     * A connection to it, made anew, for its owner alone, in a transaction.
     *
     * @param version of its schema
     */
    Connection open(int version) {
        try {
            Files.deleteIfExists(file);
            SqliteConnections.create(file);
            Connection connection = SqliteConnections.open(file);
            SqliteConnections.run(connection, SqliteLoader.SETTINGS);
            SqliteSchema.load(connection, version);
            return connection;
        } catch (SQLException e) {
            throw SqliteFailures.ofLoad(file, e);
        } catch (IOException e) {
            throw SqliteConnections.unusable(file, e);
        }
    }

    /** Puts it in place, durably: after a crash the store is there whole or not at all. */
    void putInPlace() {
        try {
            sync(file, StandardOpenOption.WRITE);
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            if (SqliteConnections.isPosix(place)) {
                sync(place.resolveSibling(""), StandardOpenOption.READ);
            }
        } catch (IOException e) {
            throw SqliteConnections.unusable(file, e);
        }
    }

    private static void sync(Path file, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, how)) {
            channel.force(true);
        }
    }

    /** Throws it away, and the empty file that was kept for it. */
    void drop() {
        try {
            Files.deleteIfExists(file);
            if (isPlaceEmpty()) {
                Files.deleteIfExists(place);
            }
        } catch (IOException e) {
            throw SqliteConnections.unusable(file, e);
        }
    }

    /** Empties the place itself, whose store nobody wants any more, and forgets it. */
    void discardPlace() {
        FormerFile.forget(lock);
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            channel.force(true);
        } catch (IOException e) {
            throw SqliteConnections.unusable(place, e);
        }
    }
}
