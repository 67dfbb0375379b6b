package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.RevisionContract;
import dev.rocket.core.port.Store;

final class MemoryRevisionContractTest extends RevisionContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
