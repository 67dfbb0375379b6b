package dev.rocket.postgres;

import dev.rocket.core.contract.LinearizableContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link LinearizableContract} on a Postgres server. */
final class PostgresLinearizableContractTest extends LinearizableContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
