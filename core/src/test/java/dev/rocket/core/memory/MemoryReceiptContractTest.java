package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.ReceiptContract;
import dev.rocket.core.port.Store;

final class MemoryReceiptContractTest extends ReceiptContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
