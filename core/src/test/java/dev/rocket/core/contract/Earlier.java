package dev.rocket.core.contract;

import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Store;

/** A store of an older schema as it was before somebody wrote to it. */
final class Earlier extends ForwardingOldStore {

    private final Store store;

    /**
     * Of a store.
     *
     * @param real what is advanced
     * @param store what it was when it was looked at
     */
    Earlier(OldStore real, Store store) {
        super(real);
        this.store = store;
    }

    @Override
    public Store store() {
        return store;
    }
}
