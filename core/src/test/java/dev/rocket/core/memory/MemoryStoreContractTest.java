package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.StoreContract;
import dev.rocket.core.port.Store;

final class MemoryStoreContractTest extends StoreContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
