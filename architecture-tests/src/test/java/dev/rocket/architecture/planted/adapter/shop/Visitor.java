package dev.rocket.architecture.planted.adapter.shop;

import dev.rocket.architecture.planted.adapter.store.FileConfig;

/** Makes settings, and no adapter. */
public final class Visitor {

    /** Settings. */
    public FileConfig settings() {
        return new FileConfig("tasks");
    }
}
