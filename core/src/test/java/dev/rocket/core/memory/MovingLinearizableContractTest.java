package dev.rocket.core.memory;

import dev.rocket.core.contract.LinearizableContract;
import dev.rocket.core.contract.RestlessStore;
import dev.rocket.core.port.Store;

/** {@link LinearizableContract} on a store that is moved all the time. */
final class MovingLinearizableContractTest extends LinearizableContract {

    @Override
    protected Store open() {
        return RestlessStore.inMemory();
    }
}
