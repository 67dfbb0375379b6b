package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.CopiedBackups;
import dev.rocket.core.operation.CopyStore;
import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.postgres.PostgresUpgrade;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Tables of an older schema on Postgres.
 *
 * <p>Its backups are files of that same older schema, so the program that made the tables can
 * restore them.
 */
final class OldTables implements OldStore {

    private final String place;
    private final PostgresUpgrade upgrade;
    private final Store store;

    /** Of a schema, by what people call it. */
    OldTables(String place, PostgresUpgrade upgrade) {
        this.place = place;
        this.upgrade = upgrade;
        this.store = upgrade.asItIs();
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public int from() {
        return upgrade.from();
    }

    @Override
    public int to() {
        return upgrade.to();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Backups copies() {
        return new CopiedBackups(
                store, file -> StoreKit.loader(file, from()), StoreKit::copyAsItIs);
    }

    @Override
    public Store rehearse(Path copy) {
        try (Store source = StoreKit.copyAsItIs(copy);
                Loader stage = upgrade.stage()) {
            new CopyStore(source).run(stage, progress -> {});
        }
        return upgrade.rehearsed();
    }

    @Override
    public void strike() {
        upgrade.strike();
    }

    @Override
    public void advance(Consumer<? super Snapshot> check) {
        upgrade.advance(check);
    }

    @Override
    public void close() {
        upgrade.close();
    }
}
