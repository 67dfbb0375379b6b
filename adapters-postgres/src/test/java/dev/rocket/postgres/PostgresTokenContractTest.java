package dev.rocket.postgres;

import dev.rocket.core.contract.TokenContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link TokenContract} on a Postgres server. */
final class PostgresTokenContractTest extends TokenContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
