package dev.rocket.architecture.planted.adapter.shop;

import dev.rocket.architecture.planted.adapter.port.Ledger;
import dev.rocket.architecture.planted.adapter.store.FileStore;

/** The one that builds. */
public final class Builder {

    /** Builds, with settings from elsewhere. */
    public Ledger build(Visitor visitor) {
        return FileStore.open(visitor.settings());
    }
}
