package dev.rocket.bootstrap.wiring;

import dev.rocket.postgres.PostgresConfig;
import java.util.function.Supplier;

/**
 * Who asks the database, read from the settings again for each new connection.
 *
 * <p>So a password is changed by writing another into its file, without a restart. While the
 * settings cannot be read, or lead to another database, the last login counts. One that does not
 * come from the settings stays as it is. Thread-safe.
 */
final class Logins implements Supplier<PostgresConfig.Server> {

    private final Supplier<ConfigReader.Found> reader;
    private final boolean follows;
    private volatile PostgresConfig.Server last;

    Logins(Supplier<ConfigReader.Found> reader, PostgresConfig.Server first) {
        this.reader = reader;
        this.last = first;
        this.follows = now().equals(first);
    }

    @Override
    public PostgresConfig.Server get() {
        if (follows) {
            last = now();
        }
        return last;
    }

    private PostgresConfig.Server now() {
        PostgresConfig.Server known = last;
        try {
            return Config.of(reader.get())
                    .postgres()
                    .map(PostgresConfig::server)
                    .filter(now -> now.url().equals(known.url()))
                    .orElse(known);
        } catch (ConfigException e) {
            // A file that is being written; the next connection reads it again.
            return known;
        }
    }
}
