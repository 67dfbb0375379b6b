package dev.rocket.postgres;

import dev.rocket.core.contract.UniqueKeyContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link UniqueKeyContract} on a Postgres server. */
final class PostgresUniqueKeyContractTest extends UniqueKeyContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
