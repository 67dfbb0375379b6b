package dev.rocket.core.memory;

import dev.rocket.core.contract.FeedContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Store;

final class MemoryFeedContractTest extends FeedContract {

    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
