package dev.rocket.sqlite;

import java.nio.file.Path;

/**
 * What a deployer may choose of the SQLite store.
 *
 * @param path the database file; its folder must exist
 * @param readers reading connections, 1 to 64, each with a thread of its own
 * @param queueCapacity commands that may wait for the writer, 1 to 1,000,000; more are refused
 * @param groupMax commands in one commit at most, 1 to 4,096
 * @param cacheKib memory of the writer's page cache in KiB; each reader takes a quarter
 * @param strict whether a database that others may read is refused instead of warned about
 */
public record SqliteConfig(
        Path path, int readers, int queueCapacity, int groupMax, int cacheKib, boolean strict) {

    /** Refuses values out of range with IllegalArgumentException. */
    public SqliteConfig {
        range("readers", readers, 1, 64);
        range("queueCapacity", queueCapacity, 1, 1_000_000);
        range("groupMax", groupMax, 1, 4_096);
        range("cacheKib", cacheKib, 256, 1 << 22);
    }

    /** Safe defaults for a file. */
    public static SqliteConfig at(Path path) {
        return new SqliteConfig(path, 2, 4_096, 256, 16_384, false);
    }

    /** The same with another size of the queue. */
    public SqliteConfig withQueueCapacity(int commands) {
        return new SqliteConfig(path, readers, commands, groupMax, cacheKib, strict);
    }

    /** The same with another size of a group. */
    public SqliteConfig withGroupMax(int commands) {
        return new SqliteConfig(path, readers, queueCapacity, commands, cacheKib, strict);
    }

    /** The same with that many readers. */
    public SqliteConfig withReaders(int count) {
        return new SqliteConfig(path, count, queueCapacity, groupMax, cacheKib, strict);
    }

    /** The same, strict or not. */
    public SqliteConfig withStrict(boolean refuse) {
        return new SqliteConfig(path, readers, queueCapacity, groupMax, cacheKib, refuse);
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
