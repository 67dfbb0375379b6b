package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryPlace;
import dev.rocket.core.contract.MoveTrial;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Store;

/** {@link MoveTrial} in memory. */
final class MemoryMoveTest extends MoveTrial {

    @Override
    protected int stride() {
        return 1;
    }

    @Override
    protected Destination place(String name) {
        return new MemoryPlace(name);
    }

    @Override
    protected Store open(Destination place) {
        return ((MemoryPlace) place).open();
    }
}
