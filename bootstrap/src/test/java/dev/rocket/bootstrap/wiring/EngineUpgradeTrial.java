package dev.rocket.bootstrap.wiring;

import dev.rocket.core.contract.UpgradeTrial;
import dev.rocket.core.operation.OldStore;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** {@link UpgradeTrial} on an engine, with what bootstrap makes of it. */
abstract class EngineUpgradeTrial extends UpgradeTrial {

    @TempDir Path folder;

    abstract Config config();

    @Override
    protected final Path backups() {
        return folder.resolve("backups");
    }

    @Override
    protected final Optional<OldStore> hold() {
        return StoreKit.old(config());
    }

    @Override
    protected final Optional<OldStore> beside() {
        return StoreKit.oldBeside(config());
    }

    @Override
    protected final Store open() {
        return StoreKit.store(config());
    }

    @Override
    protected final Store restored(Path backup) throws IOException {
        Path copy = Files.createTempDirectory(folder, "restored").resolve("rocket.db");
        Files.copy(backup, copy);
        return Wiring.opened(copy);
    }
}
