package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.core.contract.LinearizableContract;
import dev.rocket.core.contract.RestlessStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link LinearizableContract} on a store that moves between a file and Postgres all the time. */
final class MovingLinearizableContractTest extends LinearizableContract {

    @TempDir Path folder;

    @Override
    protected Store open() throws IOException {
        Path file = Files.createTempDirectory(folder, "home").resolve("tasks.db");
        StorePlace home = StorePlace.at(file.toString(), Meter.NONE);
        StorePlace away = StorePlace.at(PostgresServer.fresh(), Meter.NONE);
        return new RestlessStore(StoreKit.store(home.config()), home, away);
    }
}
