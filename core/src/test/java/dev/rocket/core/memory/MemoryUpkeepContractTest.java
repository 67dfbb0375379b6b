package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.UpkeepContract;
import dev.rocket.core.port.Store;

final class MemoryUpkeepContractTest extends UpkeepContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
