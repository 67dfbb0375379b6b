package dev.rocket.postgres;

import dev.rocket.core.contract.ReceiptContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;

/** {@link ReceiptContract} on a Postgres server. */
final class PostgresReceiptContractTest extends ReceiptContract {

    @Override
    protected Store open() {
        return PostgresStore.open(Server.fresh(), Meter.NONE);
    }
}
