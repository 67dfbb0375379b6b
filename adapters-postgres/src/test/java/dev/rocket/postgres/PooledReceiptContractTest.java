package dev.rocket.postgres;

import dev.rocket.core.contract.ReceiptContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link ReceiptContract} on a Postgres server behind pgbouncer in transaction mode. */
final class PooledReceiptContractTest extends ReceiptContract {

    private static Pooler pooler;

    @BeforeAll
    static void a_pooler_before_the_server() {
        pooler = new Pooler(PoolerTest.WORKS);
    }

    @AfterAll
    static void close() throws IOException {
        pooler.close();
    }

    @Override
    protected Store open() {
        return PostgresStore.open(pooler.through(Server.fresh()), Meter.NONE);
    }
}
