package dev.rocket.bootstrap.wiring;

import dev.rocket.core.contract.UpgradeTrial;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.sqlite.SqliteConfig;
import dev.rocket.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** {@link UpgradeTrial} on a SQLite file, which must stay the same byte by byte. */
final class UpgradeFileTest extends EngineUpgradeTrial {

    private Path file() {
        return folder.resolve("tasks.db");
    }

    @Override
    Config config() {
        return StorePlace.at(file().toString(), Meter.NONE).config();
    }

    @Override
    protected Loader loader(int version) {
        return StoreKit.loader(file(), version);
    }

    @Override
    protected int newest() {
        Path fresh = folder.resolve("fresh.db");
        try (var store = SqliteStore.open(SqliteConfig.at(fresh), Meter.NONE)) {
            return store.probe().reading().schema();
        }
    }

    @Override
    protected void spoil() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE custody (of INTEGER)");
        }
    }

    @Override
    protected String told() throws Exception {
        byte[] bytes = Files.readAllBytes(file());
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Override
    protected List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(backups())) {
            return files.map(one -> String.valueOf(one.getFileName()))
                    .filter(name -> name.contains("scratch") || name.contains("taking"))
                    .toList();
        }
    }

    @Override
    protected void clear() throws IOException {
        Files.delete(file());
        Files.delete(folder.resolve("tasks.db.lock"));
    }

    @Override
    protected int stride() {
        return 2;
    }
}
