package dev.rocket.postgres;

import dev.rocket.core.contract.UpkeepContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link UpkeepContract} on a Postgres server. */
final class PostgresUpkeepContractTest extends UpkeepContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
