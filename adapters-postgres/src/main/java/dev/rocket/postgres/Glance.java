package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** What can be told of a schema without opening a store. */
public final class Glance {

    private Glance() {}

    /**
     * Whether a store is there, of whichever version.
     *
     * @param logins tried before that of the configuration
     * @throws StoreException as {@link PostgresStore#open} does
     */
    public static boolean isThere(PostgresConfig config, List<PostgresConfig.Server> logins) {
        return at(config, logins, sql -> isThere(sql, config));
    }

    private static boolean isThere(Statements sql, PostgresConfig config) {
        String marker = config.schema() + ".rocket";
        return sql.number("SELECT (to_regclass(?) IS NOT NULL)::int", marker) == 1;
    }

    /** The version of a schema; 0 when none is there. */
    static int version(PostgresConfig config) {
        String version = "SELECT version FROM " + config.schema() + ".rocket";
        return at(
                config,
                List.of(),
                sql -> isThere(sql, config) ? Math.toIntExact(sql.number(version)) : 0);
    }

    static int servers(PostgresConfig config) {
        return servers(config, List.of());
    }

    /**
     * How many servers have a store open, this one among them: those that listen for its feed.
     *
     * @param logins tried before that of the configuration
     * @return 0 when that cannot be told, as behind a pooler
     * @throws StoreException as {@link PostgresStore#open} does
     */
    public static int servers(PostgresConfig config, List<PostgresConfig.Server> logins) {
        return at(
                config,
                logins,
                sql ->
                        Math.toIntExact(
                                sql.number(
                                        "SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE datname = current_database()"
                                                + " AND application_name = ?",
                                        "rocket-" + Wakeups.ear(config.schema()))));
    }

    private static <T> T at(
            PostgresConfig config,
            List<PostgresConfig.Server> logins,
            Function<Statements, T> look) {
        KnownLogins known = new KnownLogins(config.server(), () -> logins);
        try (Connection connection = known.connect(config, "rocket-look", true)) {
            return look.apply(new Statements(connection));
        } catch (SQLException e) {
            throw PostgresFailures.of("looking at " + config.server(), e);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("looking at " + config.server(), e.why());
        }
    }
}
