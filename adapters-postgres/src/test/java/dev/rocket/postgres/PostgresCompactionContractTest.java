package dev.rocket.postgres;

import dev.rocket.core.contract.CompactionContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link CompactionContract} on a Postgres server. */
final class PostgresCompactionContractTest extends CompactionContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
