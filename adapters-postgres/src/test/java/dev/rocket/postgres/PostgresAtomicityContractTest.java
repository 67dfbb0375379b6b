package dev.rocket.postgres;

import dev.rocket.core.contract.AtomicityContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link AtomicityContract} on a Postgres server. */
final class PostgresAtomicityContractTest extends AtomicityContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
