package dev.rocket.bootstrap.wiring;

import dev.rocket.postgres.PostgresConfig;
import dev.rocket.postgres.PostgresConfig.Server;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who asks a database, read from the settings again for each new connection.
 *
 * <p>So a password is changed by writing another into its file, without a restart. A store that was
 * moved while the server ran is named by the setting that named the target, or by the next start's
 * settings once they are written. While the settings give no login for the database, the last ones
 * count. A login that they contradict at the beginning stays as it is. Thread-safe.
 */
final class Logins implements Supplier<List<Server>> {

    private final Supplier<ConfigReader.Found> reader;
    private final String url;
    private final boolean follows;
    private volatile List<Server> last;

    Logins(Supplier<ConfigReader.Found> reader, Server first) {
        this.reader = reader;
        this.url = first.url();
        this.last = List.of(first);
        List<Server> now = now();
        this.follows = now.isEmpty() || now.contains(first);
    }

    /** As the settings of this process say. */
    static Logins of(PostgresConfig postgres) {
        return new Logins(() -> ConfigReader.ofProcess().find(Map.of()), postgres.server());
    }

    /** The logins to try, the likeliest first; at least one. */
    @Override
    public List<Server> get() {
        List<Server> now = follows ? now() : List.of();
        if (!now.isEmpty()) {
            last = now;
        }
        return last;
    }

    private List<Server> now() {
        SettingTexts texts = new SettingTexts(reader.get());
        return Stream.of(Setting.DATABASE_URL, Setting.TARGET_URL)
                .map(texts::text)
                .filter(text -> PostgresConfig.isUrl(text) && StoreKit.flaw(text).isEmpty())
                .map(text -> PostgresConfig.at(text).server())
                .filter(server -> server.url().equals(url))
                .distinct()
                .toList();
    }
}
