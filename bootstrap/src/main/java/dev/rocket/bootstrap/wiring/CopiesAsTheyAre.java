package dev.rocket.bootstrap.wiring;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Copies that are opened to be read, at whatever schema they are.
 *
 * @param real makes them
 */
record CopiesAsTheyAre(Backups real) implements Backups {

    @Override
    public String engine() {
        return real.engine();
    }

    @Override
    public long size() {
        return real.size();
    }

    @Override
    public Seq snapshot(Path file, LongConsumer progress) throws IOException {
        return real.snapshot(file, progress);
    }

    @Override
    public Store open(Path file) {
        return StoreKit.copyAsItIs(file);
    }
}
