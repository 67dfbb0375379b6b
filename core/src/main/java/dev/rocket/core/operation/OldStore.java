package dev.rocket.core.operation;

import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A store of an older schema, and the way to advance it.
 *
 * <p>Whoever has it has it alone, unless it is only looked at: no server starts on it meanwhile.
 * Until {@link #advance} has committed it is served by the program that served it before. For one
 * thread.
 */
public interface OldStore extends AutoCloseable {

    /** What people call its place; without a password. */
    String place();

    /** The version of its schema. */
    int from();

    /** The version that it is advanced to. */
    int to();

    /** It as it is, to be read alone; closed with this. */
    Store store();

    /** Makes copies of it as it is, and opens a copy as that is. */
    Backups copies();

    /**
     * Makes the change on a copy, on the same engine, and opens what came of it; the caller closes
     * that.
     *
     * @param copy nobody else's; it may be changed
     * @throws dev.rocket.core.port.StoreException when the engine refuses the change
     */
    Store rehearse(Path copy) throws IOException;

    /** Throws away what a rehearsal left outside the copy, also one that was killed; idempotent. */
    void strike();

    /**
     * Makes the change, in one transaction.
     *
     * @param check looks at what came of it before it counts; what it throws takes all of it back
     * @throws dev.rocket.core.port.StoreException when it was not made; with UNKNOWN_OUTCOME when
     *     nobody knows
     */
    void advance(Consumer<? super Snapshot> check);

    @Override
    void close();
}
