package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.UniqueKeyContract;
import dev.rocket.core.port.Store;

final class MemoryUniqueKeyContractTest extends UniqueKeyContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
