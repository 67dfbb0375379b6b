package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Copies of a store on any engine, made along its feed.
 *
 * <p>So a backup of Postgres is the same kind of file as one of SQLite.
 */
public final class CopiedBackups implements Backups {

    private final Store store;
    private final Function<Path, Loader> loaders;
    private final Function<Path, Store> stores;

    /**
     * Copies a store.
     *
     * @param loaders opens a way into a file that is not there
     * @param stores opens a copy as a store
     */
    public CopiedBackups(
            Store store, Function<Path, Loader> loaders, Function<Path, Store> stores) {
        this.store = store;
        this.loaders = loaders;
        this.stores = stores;
    }

    @Override
    public String engine() {
        return store.probe().reading().engine();
    }

    @Override
    public long size() {
        return store.probe().reading().dataBytes();
    }

    @Override
    public Seq snapshot(Path file, LongConsumer progress) {
        double bytes = size();
        try (Loader loader = loaders.apply(file)) {
            return new CopyStore(store)
                    .run(loader, copied -> progress.accept((long) (bytes * part(copied))))
                    .seq();
        }
    }

    /** How much of the feed is copied, from 0 to 1. */
    private static double part(CopyStore.Progress copied) {
        double end = Math.max(1, copied.end().value());
        return copied.at().value() / end;
    }

    @Override
    public Store open(Path file) {
        return stores.apply(file);
    }
}
