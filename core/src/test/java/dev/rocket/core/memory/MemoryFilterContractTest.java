package dev.rocket.core.memory;

import dev.rocket.core.contract.FilterContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Store;

final class MemoryFilterContractTest extends FilterContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
