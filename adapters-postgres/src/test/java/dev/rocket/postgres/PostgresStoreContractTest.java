package dev.rocket.postgres;

import dev.rocket.core.contract.StoreContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link StoreContract} on a Postgres server. */
final class PostgresStoreContractTest extends StoreContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
