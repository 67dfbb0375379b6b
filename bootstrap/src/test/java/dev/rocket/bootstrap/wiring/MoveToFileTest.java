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

/** {@link MoveTrial} from Postgres to a file and back. */
final class MoveToFileTest extends MoveTrial {

    @TempDir Path folder;

    @Override
    protected int stride() {
        return 4;
    }

    @Override
    protected Destination place(String name) throws IOException {
        boolean isFile = name.equals("away");
        Path fresh = Files.createTempDirectory(folder, name).resolve("tasks.db");
        return StorePlace.at(isFile ? fresh.toString() : PostgresServer.fresh(), Meter.NONE);
    }

    @Override
    protected Store open(Destination place) {
        return StoreKit.store(((StorePlace) place).config());
    }
}
