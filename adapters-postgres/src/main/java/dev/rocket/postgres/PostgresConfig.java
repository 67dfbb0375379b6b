package dev.rocket.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a deployer may choose of the Postgres store.
 *
 * @param server where the database is and who asks
 * @param schema the schema that holds the tables, a plain lower-case name
 * @param validate whether the schema is only looked at, never made or advanced
 * @param writers connections that write, 1 to 1,000
 * @param readers connections that read, 1 to 1,000
 * @param queueCapacity commands that may be under way or wait, 1 to 1,000,000; more are refused
 * @param patience how long a command may wait for a connection, 250 ms to 1 minute
 */
public record PostgresConfig(
        Server server,
        String schema,
        boolean validate,
        int writers,
        int readers,
        int queueCapacity,
        Duration patience) {

    /** The schema that is taken when nobody chooses one. */
    public static final String SCHEMA = "rocket";

    /**
     * Where the database is and who asks.
     *
     * @param url of JDBC, without user and password
     * @param user empty for the driver's own choice
     * @param password never printed
     */
    public record Server(String url, Optional<String> user, Optional<String> password) {

        /** As a deployer would write it, without password and parameters. */
        public String address() {
            String who = user.map(name -> name + "@").orElse("");
            return "postgres://" + who + place().substring("postgresql://".length());
        }

        private String place() {
            int parameters = url.indexOf('?');
            String place = parameters < 0 ? url : url.substring(0, parameters);
            return place.substring("jdbc:".length());
        }

        /** Everything but the password; parameters are left out, since one may hold another. */
        @Override
        public String toString() {
            return place() + user.map(name -> " as " + name).orElse("");
        }
    }

    /** Refuses values out of range with IllegalArgumentException. */
    public PostgresConfig {
        if (!isSchema(schema)) {
            throw new IllegalArgumentException(
                    "schema must be 1 to 51 of a-z, 0-9 and _, not begin with a digit: " + schema);
        }
        range("writers", writers, 1_000);
        range("readers", readers, 1_000);
        range("queueCapacity", queueCapacity, 1_000_000);
        if (patience.toMillis() < 250 || patience.toMillis() > 60_000) {
            throw new IllegalArgumentException("patience must be 250 ms to 1 minute");
        }
    }

    /**
     * Safe defaults for a database.
     *
     * @param url {@code postgres://user:password@host:port/database?parameters}; also {@code
     *     postgresql://} and {@code jdbc:postgresql://}. Parameters are those of pgjdbc. Refuses
     *     others with IllegalArgumentException, whose message does not hold the password
     */
    public static PostgresConfig at(String url) {
        return new PostgresConfig(server(url), SCHEMA, false, 16, 8, 4_096, Duration.ofSeconds(5));
    }

    /** Whether a text is a plain name for a schema. */
    public static boolean isSchema(String text) {
        return text.matches("[a-z_][a-z0-9_]{0,50}");
    }

    /** Whether a text looks like the address of a Postgres database. */
    public static boolean isUrl(String text) {
        return text.matches("(?s)(jdbc:)?postgres(ql)?://.*");
    }

    private static Server server(String url) {
        if (!isUrl(url)) {
            throw new IllegalArgumentException(
                    "must look like postgres://user:password@host:5432/database");
        }
        String rest = url.substring(url.indexOf("://") + 3);
        int path = rest.indexOf('/');
        String authority = path < 0 ? rest : rest.substring(0, path);
        String database = path < 0 ? "" : rest.substring(path + 1);
        int at = authority.lastIndexOf('@');
        String who = at < 0 ? "" : authority.substring(0, at);
        String hosts = authority.substring(at + 1);
        if (hosts.isBlank() || database.isBlank() || database.startsWith("?")) {
            throw new IllegalArgumentException(
                    "must name a host and a database: postgres://user:password@host:5432/database");
        }
        int colon = who.indexOf(':');
        String user = colon < 0 ? who : who.substring(0, colon);
        return new Server(
                "jdbc:postgresql://" + hosts + "/" + database,
                user.isEmpty() ? Optional.empty() : Optional.of(decoded(user)),
                colon < 0 ? Optional.empty() : Optional.of(decoded(who.substring(colon + 1))));
    }

    /** What {@code %40} and its like stand for; a plus sign stands for itself. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "holds a % that is not followed by two hexadecimal digits", e);
        }
    }

    /** The same with another password. */
    public PostgresConfig withPassword(String word) {
        Server same = new Server(server.url(), server.user(), Optional.of(word));
        return new PostgresConfig(
                same, schema, validate, writers, readers, queueCapacity, patience);
    }

    /** The same with the user and the password of another address. */
    PostgresConfig withLogin(Server other) {
        Server same = new Server(server.url(), other.user(), other.password());
        return new PostgresConfig(
                same, schema, validate, writers, readers, queueCapacity, patience);
    }

    /** The same in another schema. */
    public PostgresConfig withSchema(String name) {
        return new PostgresConfig(
                server, name, validate, writers, readers, queueCapacity, patience);
    }

    /** The same, only looking at the schema or not. */
    public PostgresConfig withValidate(boolean only) {
        return new PostgresConfig(server, schema, only, writers, readers, queueCapacity, patience);
    }

    /** The same with that many connections that write, and half as many that read. */
    public PostgresConfig withConnections(int count) {
        return new PostgresConfig(
                server, schema, validate, count, Math.max(1, count / 2), queueCapacity, patience);
    }

    /** The same with another bound of commands. */
    public PostgresConfig withQueueCapacity(int commands) {
        return new PostgresConfig(server, schema, validate, writers, readers, commands, patience);
    }

    /** The same with another wait for a connection. */
    public PostgresConfig withPatience(Duration wait) {
        return new PostgresConfig(server, schema, validate, writers, readers, queueCapacity, wait);
    }

    private static void range(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + value);
        }
    }
}
