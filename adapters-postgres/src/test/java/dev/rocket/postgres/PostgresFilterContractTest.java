package dev.rocket.postgres;

import dev.rocket.core.contract.FilterContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link FilterContract} on a Postgres server. */
final class PostgresFilterContractTest extends FilterContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
