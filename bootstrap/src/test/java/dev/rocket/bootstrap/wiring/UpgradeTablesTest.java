package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.contract.UpgradeTrial;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.postgres.PostgresConfig;
import dev.rocket.postgres.PostgresLoader;
import java.sql.SQLException;
import java.util.List;

/** {@link UpgradeTrial} on Postgres. */
final class UpgradeTablesTest extends EngineUpgradeTrial {

    /** All columns of all tables of the store, and all rows of most. */
    private static final String ALL =
            "SELECT (SELECT version FROM rocket.rocket)::text || ' ' || (SELECT"
                    + " string_agg(table_name || '.' || column_name, ' '"
                    + " ORDER BY table_name, ordinal_position) FROM"
                    + " information_schema.columns WHERE table_schema = 'rocket')"
                    + " || (SELECT md5(string_agg(c::text, '' ORDER BY seq)) FROM rocket.change c)"
                    + " || (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM rocket.task t)"
                    + " || (SELECT md5(string_agg(e::text, '' ORDER BY id)) FROM rocket.entity e)";

    private final String url = PostgresServer.fresh();

    @Override
    Config config() {
        return StorePlace.at(url, Meter.NONE).config();
    }

    @Override
    protected Loader loader(int version) {
        return PostgresLoader.open(PostgresConfig.at(url).withConnections(2), version);
    }

    @Override
    protected int newest() {
        Config other = StorePlace.at(PostgresServer.fresh(), Meter.NONE).config();
        try (Store store = StoreKit.store(other)) {
            return store.probe().reading().schema();
        }
    }

    @Override
    protected void spoil() throws SQLException {
        PostgresServer.run(url, "CREATE TABLE rocket.custody (of integer)");
    }

    @Override
    protected String told() throws SQLException {
        return PostgresServer.ask(url, ALL).getFirst();
    }

    @Override
    protected List<String> leftovers() throws SQLException {
        return PostgresServer.ask(
                url, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rocket_%'");
    }

    @Override
    protected void clear() throws SQLException {
        PostgresServer.run(url, "DROP SCHEMA rocket CASCADE");
    }

    @Override
    protected int stride() {
        return 4;
    }
}
