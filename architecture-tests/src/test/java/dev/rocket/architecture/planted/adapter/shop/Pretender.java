package dev.rocket.architecture.planted.adapter.shop;

import dev.rocket.architecture.planted.adapter.store.FileStore;
import java.util.function.Supplier;

/** Builds though it may not, one call away. */
public final class Pretender {

    /** Builds later. */
    public Supplier<FileStore> build(Visitor visitor) {
        return () -> FileStore.open(visitor.settings());
    }
}
