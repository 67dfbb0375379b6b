package dev.rocket.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first bytes of a file, which say what it is.
 *
 * <p>Source: SQLite, Database File Format, section 1.3.
 *
 * @param isSqlite whether it is a SQLite database at all; the rest means nothing otherwise
 * @param application which program it belongs to
 * @param version of the schema
 * @param isLogged whether its newest commits may stand in a log beside it
 */
public record StoreHeader(boolean isSqlite, int application, int version, boolean isLogged) {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int READ_VERSION_AT = 19;
    private static final int VERSION_AT = 60;
    private static final int APPLICATION_AT = 68;
    private static final int HEADER = 100;
    private static final byte WAL = 2;

    /**
     * Reads a file's header, without opening it as a database; empty when the file is.
     *
     * @throws IOException when it cannot be read
     */
    public static Optional<StoreHeader> read(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(HEADER);
        }
        if (bytes.length == 0) {
            return Optional.empty();
        }
        boolean sqlite =
                bytes.length == HEADER
                        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        if (!sqlite) {
            return Optional.of(new StoreHeader(false, 0, 0, false));
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return Optional.of(
                new StoreHeader(
                        true,
                        fields.getInt(APPLICATION_AT),
                        fields.getInt(VERSION_AT),
                        bytes[READ_VERSION_AT] == WAL));
    }

    /** Whether it is a store of this program, of whatever version. */
    public boolean isStore() {
        return isSqlite && application == SqliteSchema.APPLICATION_ID;
    }

    /** Whether this program would have to advance its schema. */
    public boolean isOutdated() {
        return isStore() && version < SqliteSchema.version();
    }
}
