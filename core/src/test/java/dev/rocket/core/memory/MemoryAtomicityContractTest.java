package dev.rocket.core.memory;

import dev.rocket.core.contract.AtomicityContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Store;

final class MemoryAtomicityContractTest extends AtomicityContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
