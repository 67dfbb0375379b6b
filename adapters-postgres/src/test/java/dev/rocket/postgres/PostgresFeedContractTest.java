package dev.rocket.postgres;

import dev.rocket.core.contract.FeedContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link FeedContract} on a Postgres server. */
final class PostgresFeedContractTest extends FeedContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
