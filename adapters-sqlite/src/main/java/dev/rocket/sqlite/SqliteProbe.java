package dev.rocket.sqlite;

import dev.rocket.core.port.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** What can be measured of a SQLite store. */
final class SqliteProbe implements Probe {

    /** What {@code PRAGMA auto_vacuum} calls it. */
    private static final int INCREMENTAL = 2;

    private final SqliteConfig config;
    private final SqliteConnections connections;
    private final SqliteWriter writer;
    private final SqliteReaders readers;

    SqliteProbe(
            SqliteConfig config,
            SqliteConnections connections,
            SqliteWriter writer,
            SqliteReaders readers) {
        this.readers = readers;
        this.config = config;
        this.connections = connections;
        this.writer = writer;
    }

    @Override
    public Optional<String> trouble(Duration atMost) {
        CompletableFuture<Optional<String>> tried = new CompletableFuture<>();
        Thread.ofVirtual().name("rocket-sqlite-probe").start(() -> attempt(tried));
        try {
            return tried.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the attempt tells its failure by value", e);
        } catch (TimeoutException e) {
            return Optional.of(
                    "No write got through in "
                            + atMost.toMillis()
                            + " ms; "
                            + writer.queued()
                            + " commands wait. Look at the disk.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The probe was interrupted.");
        }
    }

    private void attempt(CompletableFuture<Optional<String>> tried) {
        try {
            writer.write(SqliteProbe::touch);
            tried.complete(Optional.empty());
        } catch (RuntimeException e) {
            tried.complete(Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Writes a page that readers do not look at. */
    private static boolean touch(dev.rocket.core.port.Transaction transaction) {
        ((SqliteTransaction) transaction).touch();
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives a list
    public List<Flaw> flaws(int most, LongConsumer looked) {
        return readers.read(
                snapshot ->
                        new Flaws(((SqliteSnapshot) snapshot).statements(), most, looked).find());
    }

    @Override
    @SuppressWarnings("NullAway") // the work gives a list
    public List<Remark> remarks() {
        return readers.read(snapshot -> remarks(((SqliteSnapshot) snapshot).statements()));
    }

    private static List<Remark> remarks(Statements sql) {
        String version = sql.first(row -> row.getString(1), "SELECT sqlite_version()").orElse("");
        String journal = sql.first(row -> row.getString(1), "PRAGMA journal_mode").orElse("");
        Remark engine = Remark.note("SQLite " + version + ", journal_mode " + journal);
        if (sql.number("PRAGMA auto_vacuum") == INCREMENTAL) {
            return List.of(engine);
        }
        String what = "the file was made without auto_vacuum=INCREMENTAL and never shrinks";
        String remedy = "rocket export all.jsonl, then rocket import --db new.db all.jsonl";
        return List.of(engine, new Remark(Remark.Weight.CONCERN, what, remedy));
    }

    @Override
    public Reading reading() {
        return new Reading(
                "sqlite",
                SqliteSchema.version(),
                writer.queued(),
                config.queueCapacity(),
                connections.bytes(""),
                connections.bytes("-wal"),
                connections.freeBytes());
    }
}
