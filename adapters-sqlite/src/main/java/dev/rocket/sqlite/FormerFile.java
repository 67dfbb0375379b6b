package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mark beside a database that outlives it, in the file of its lock. */
final class FormerFile {

    private static final byte[] MARK = "a database is here\n".getBytes(StandardCharsets.US_ASCII);

    private FormerFile() {}

    /**
     * Looks whether a database was where there is none.
     *
     * @throws StoreException with FOREIGN when it was: an empty one in its place would look like
     *     one that lost everything
     */
    static void checkNone(Path path, Path lock) throws IOException {
        if (Files.exists(lock) && Files.size(lock) > 0) {
            throw new StoreException(
                    Kind.FOREIGN,
                    path
                            + " does not exist, but it did: put it back, or run: rocket restore"
                            + " latest. To begin with an empty database, delete "
                            + lock
                            + ".");
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
