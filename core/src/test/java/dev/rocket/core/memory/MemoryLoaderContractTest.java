package dev.rocket.core.memory;

import dev.rocket.core.contract.LoaderContract;
import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;

/** {@link LoaderContract} on the reference store. */
final class MemoryLoaderContractTest extends LoaderContract {

    private final MemoryStore place = new MemoryStore();

    @Override
    protected Store open() {
        return new MemoryStore();
    }

    @Override
    protected Loader loader() {
        return place.loader();
    }

    @Override
    protected Store loaded() {
        return place;
    }
}
