package dev.rocket.bootstrap.wiring;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Copies of the store that is in charge, wherever it was moved to.
 *
 * @param current makes the copies of where it is now
 */
record CurrentBackups(Supplier<Backups> current) implements Backups {

    @Override
    public String engine() {
        return current.get().engine();
    }

    @Override
    public long size() {
        return current.get().size();
    }

    @Override
    public Seq snapshot(Path file, LongConsumer progress) throws IOException {
        return current.get().snapshot(file, progress);
    }

    @Override
    public Store open(Path file) {
        return current.get().open(file);
    }
}
