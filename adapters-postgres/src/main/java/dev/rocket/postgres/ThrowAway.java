package dev.rocket.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Schemas that a benchmark makes for itself and drops afterwards.
 *
 * <p>Their names are drawn by chance and tell what they are. Nothing else is ever dropped.
 */
public final class ThrowAway {

    private static final String PREFIX = "rocket_bench_";

    private ThrowAway() {}

    /** A name that no schema has. */
    public static String name(RandomGenerator chance) {
        byte[] bytes = new byte[8];
        chance.nextBytes(bytes);
        return PREFIX + HexFormat.of().formatHex(bytes);
    }

    /** Whether a schema of that name may be thrown away. */
    public static boolean isName(String schema) {
        return schema.matches(PREFIX + "[0-9a-f]{16}");
    }

    /**
     * Drops the schema of a configuration, with all that it holds; idempotent.
     *
     * @throws IllegalArgumentException when its name is not one of a throw-away schema
     * @throws dev.rocket.core.port.StoreException when the database does not do it
     */
    public static void drop(PostgresConfig config) {
        check(config);
        try (Connection connection = PostgresConnections.connect(config, "rocket-bench");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + config.schema() + " CASCADE");
        } catch (SQLException e) {
            throw PostgresFailures.of("dropping " + config.schema(), e);
        }
    }

    /** Refuses a schema that is not to be thrown away with IllegalArgumentException. */
    static void check(PostgresConfig config) {
        if (!isName(config.schema())) {
            throw new IllegalArgumentException(
                    config.schema() + " is not the name of a schema that is thrown away");
        }
    }
}
