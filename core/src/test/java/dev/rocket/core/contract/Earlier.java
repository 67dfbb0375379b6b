package dev.rocket.core.contract;

import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A store of an older schema as it was before somebody wrote to it.
 *
 * @param real what is advanced
 * @param store what it was when it was looked at
 */
record Earlier(OldStore real, Store store) implements OldStore {

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public int from() {
        return real.from();
    }

    @Override
    public int to() {
        return real.to();
    }

    @Override
    public Backups copies() {
        return real.copies();
    }

    @Override
    public Store rehearse(Path copy) throws IOException {
        return real.rehearse(copy);
    }

    @Override
    public void strike() {
        real.strike();
    }

    @Override
    public void advance(Consumer<? super Snapshot> check) {
        real.advance(check);
    }

    @Override
    public void close() {
        real.close();
    }
}
