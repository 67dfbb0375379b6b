package dev.rocket.core.memory;

import dev.rocket.core.contract.MaintenanceContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Store;

final class MemoryMaintenanceContractTest extends MaintenanceContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
