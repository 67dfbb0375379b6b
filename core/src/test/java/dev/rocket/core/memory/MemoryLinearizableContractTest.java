package dev.rocket.core.memory;

import dev.rocket.core.contract.LinearizableContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Store;

final class MemoryLinearizableContractTest extends LinearizableContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
