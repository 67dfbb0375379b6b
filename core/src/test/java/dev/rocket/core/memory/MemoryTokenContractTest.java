package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.TokenContract;
import dev.rocket.core.port.Store;

final class MemoryTokenContractTest extends TokenContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
