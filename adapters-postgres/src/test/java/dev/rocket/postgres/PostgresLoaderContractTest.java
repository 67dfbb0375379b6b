package dev.rocket.postgres;

import dev.rocket.core.contract.LoaderContract;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link LoaderContract} on a Postgres server. */
final class PostgresLoaderContractTest extends LoaderContract {

    private final PostgresConfig place = Server.fresh();

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }

    @Override
    protected Loader loader() {
        return PostgresLoader.open(place);
    }

    @Override
    protected Store loaded() {
        return PostgresStore.open(place, Meter.NONE);
    }
}
