package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.sqlite.SqliteUpgrade;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file of an older schema. */
final class OldFile implements OldStore {

    private final String place;
    private final SqliteUpgrade upgrade;
    private final Backups files;
    private final Store store;

    /**
     * Of a file.
     *
     * @param place what people call it
     * @param files makes copies of it, and opens them as a server would
     */
    OldFile(String place, SqliteUpgrade upgrade, Backups files) {
        this.place = place;
        this.upgrade = upgrade;
        this.files = files;
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
        return new CopiesAsTheyAre(files);
    }

    @Override
    public Store rehearse(Path copy) {
        return files.open(copy);
    }

    @Override
    public void strike() {}

    @Override
    public void advance(Consumer<? super Snapshot> check) {
        upgrade.advance(check);
    }

    @Override
    public void close() {
        try (upgrade) {
            store.close();
        }
    }
}
