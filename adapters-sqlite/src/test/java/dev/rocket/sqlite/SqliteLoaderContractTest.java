package dev.rocket.sqlite;

import dev.rocket.core.contract.LoaderContract;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link LoaderContract} on SQLite files. */
final class SqliteLoaderContractTest extends LoaderContract {

    @TempDir Path folder;

    @Override
    protected Store open() {
        return SqliteStore.open(SqliteConfig.at(folder.resolve("from.db")), Meter.NONE);
    }

    @Override
    protected Loader loader() {
        return SqliteLoader.open(SqliteConfig.at(folder.resolve("to.db")));
    }

    @Override
    protected Store loaded() {
        return SqliteStore.open(SqliteConfig.at(folder.resolve("to.db")), Meter.NONE);
    }
}
