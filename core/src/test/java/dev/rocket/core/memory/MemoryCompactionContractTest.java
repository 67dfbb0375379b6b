package dev.rocket.core.memory;

import dev.rocket.core.contract.CompactionContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Store;

final class MemoryCompactionContractTest extends CompactionContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
