package dev.rocket.core.contract;

import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A store of an older schema that hands on what a subclass does not change. */
abstract class ForwardingOldStore implements OldStore {

    private final OldStore real;

    ForwardingOldStore(OldStore real) {
        this.real = real;
    }

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
    public Store store() {
        return real.store();
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
