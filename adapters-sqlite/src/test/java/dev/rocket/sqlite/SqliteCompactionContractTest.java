package dev.rocket.sqlite;

import dev.rocket.core.contract.CompactionContract;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link CompactionContract} on a SQLite file. */
final class SqliteCompactionContractTest extends CompactionContract {

    @TempDir Path folder;
    private int files;

    @Override
    protected Store open() {
        Path file = folder.resolve("store-" + ++files + ".db");
        return SqliteStore.open(SqliteConfig.at(file), Meter.NONE);
    }
}
