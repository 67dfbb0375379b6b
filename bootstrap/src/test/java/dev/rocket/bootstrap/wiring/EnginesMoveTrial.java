package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.contract.MoveTrial;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link MoveTrial} between a file and Postgres. */
abstract class EnginesMoveTrial extends MoveTrial {

    private final String onFile;

    @TempDir Path folder;

    /** With that place on a file, and the other one on Postgres. */
    EnginesMoveTrial(String onFile) {
        this.onFile = onFile;
    }

    @Override
    protected int stride() {
        return 4;
    }

    @Override
    protected Destination place(String name) throws IOException {
        boolean isFile = name.equals(onFile);
        Path fresh = Files.createTempDirectory(folder, name).resolve("tasks.db");
        return StorePlace.at(isFile ? fresh.toString() : PostgresServer.fresh(), Meter.NONE);
    }

    @Override
    protected Store open(Destination place) {
        return StoreKit.store(((StorePlace) place).config());
    }
}
