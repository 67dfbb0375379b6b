package dev.rocket.sqlite;

import dev.rocket.core.port.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Merges the log into the database beside the writer.
 *
 * <p>Merging takes as long as the pages that changed take to write, which on a large database is
 * far longer than a commit; the engine lets the writer go on meanwhile. What it writes meanwhile is
 * merged in a second pass, and the little that comes during that one by the writer itself, since a
 * log begins anew only when all of it is merged. For the writer's thread, and for whoever closes
 * it.
 */
final class LogMerger {

    private static final int PASSES = 2;

    private final SqliteConnections connections;
    private @Nullable Thread thread;

    LogMerger(SqliteConnections connections) {
        this.connections = connections;
    }

    /** Begins to merge, unless it does already. */
    void begin() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("rocket-sqlite-merger").start(this::merge);
        }
    }

    /** Whether a merge has ended since this was last asked. */
    boolean hasEnded() {
        if (thread == null || thread.isAlive()) {
            return false;
        }
        thread = null;
        return true;
    }

    /** Waits for the merge that goes on, if one does; an interrupt is kept for the caller. */
    void awaitEnd() {
        if (thread != null) {
            Ended.await(thread);
        }
    }

    private void merge() {
        try (Statements statements = new Statements(connections.merger())) {
            for (int pass = 0; pass < PASSES; pass++) {
                statements.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
        } catch (Statements.Failed e) {
            warn(SqliteFailures.of("merging the log", e.why()));
        } catch (StoreException e) {
            warn(e);
        }
    }

    /** Tells the operator; the log keeps what was not merged, and the next merge takes it along. */
    static void warn(StoreException why) {
        System.getLogger("dev.rocket.sqlite").log(System.Logger.Level.WARNING, why.toString());
    }
}
