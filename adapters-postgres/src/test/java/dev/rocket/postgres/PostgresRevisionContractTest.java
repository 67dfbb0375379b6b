package dev.rocket.postgres;

import dev.rocket.core.contract.RevisionContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link RevisionContract} on a Postgres server. */
final class PostgresRevisionContractTest extends RevisionContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
