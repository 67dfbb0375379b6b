package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.bench.Ground;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.StoreKit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Postgres database in which a benchmark makes schemas and drops them. */
final class BenchGround implements Ground {

    private final Map<Setting, String> overrides = new EnumMap<>(Setting.class);

    private BenchGround() {}

    /**
     * The database of an address.
     *
     * @param option by which it was asked for
     * @param url empty for that of the settings
     * @throws ConfigException when there is none, or it cannot be used
     */
    static BenchGround of(String option, String url) {
        BenchGround ground = new BenchGround();
        if (!url.isEmpty()) {
            ground.overrides.put(Setting.DATABASE_URL, url);
        }
        if (Config.of(ground.found()).postgres().isEmpty()) {
            throw new ConfigException(
                    List.of(
                            option
                                    + " names no database; set ROCKET_DATABASE_URL to"
                                    + " postgres://user:password@host:5432/database."));
        }
        return ground;
    }

    private ConfigReader.Found found() {
        return ConfigReader.ofProcess().find(overrides);
    }

    private ConfigReader.Found in(String schema) {
        Map<Setting, String> all = new EnumMap<>(overrides);
        all.put(Setting.DB_SCHEMA, schema);
        return ConfigReader.ofProcess().find(all);
    }

    @Override
    public String fresh() {
        return StoreKit.throwAwaySchema();
    }

    @Override
    public Map<String, String> settings(String schema) {
        Map<Setting, ConfigReader.Value> values = in(schema).values();
        Map<String, String> settings = new HashMap<>();
        for (Setting setting : List.of(Setting.DATABASE_URL, Setting.DB_SCHEMA, Setting.POOL)) {
            ConfigReader.Value value = values.get(setting);
            if (value != null) {
                settings.put(setting.key(), value.text());
            }
        }
        return settings;
    }

    @Override
    public void drop(String schema) {
        StoreKit.dropThrowAway(Config.of(in(schema)));
    }
}
