package dev.rocket.postgres;

import dev.rocket.core.contract.FeedContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link FeedContract} on a Postgres server behind pgbouncer in transaction mode. */
final class PooledFeedContractTest extends FeedContract {

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
