package dev.rocket.postgres;

import dev.rocket.core.contract.MaintenanceContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** {@link MaintenanceContract} on a Postgres server that several servers of Rocket share. */
final class PostgresMaintenanceContractTest extends MaintenanceContract {

    private final PostgresConfig config = Server.fresh();
    private final List<Store> others = new ArrayList<>();

    @Override
    protected Store open() {
        return PostgresStore.open(config, Meter.NONE);
    }

    @Override
    protected Store elsewhere() {
        Store other = PostgresStore.open(config, Meter.NONE);
        others.add(other);
        return other;
    }

    @AfterEach
    void closeOthers() {
        others.forEach(Store::close);
    }
}
