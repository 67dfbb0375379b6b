package dev.rocket.core.port;

import dev.rocket.core.model.Seq;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Whole copies of a store, each in one file.
 *
 * <p>A copy is a Rocket SQLite file: it sees one instant of the store, like a {@link Snapshot}, and
 * needs no other file beside it. The methods that work block; all may be called from any thread.
 */
public interface Backups {

    /** The engine that is copied: {@code sqlite}, {@code postgres}. */
    String engine();

    /** About how large a copy made now would be, in bytes. */
    long size();

    /**
     * Copies the store while others write to it, and holds none of them up.
     *
     * @param file must not be there; made for its owner alone. When this throws, what it left of it
     *     is void, and it may be deleted
     * @param progress hears how many bytes of the copy are written
     * @return the place of the last change in it
     * @throws StoreException when the machine failed; FULL when no space is left
     * @throws IOException when the file cannot be made
     */
    Seq snapshot(Path file, LongConsumer progress) throws IOException;

    /**
     * Opens a copy as a store, the way a server would. It is no longer one file while it is open.
     *
     * @throws StoreException with CORRUPT or FOREIGN when it is no sound store, and as any store
     */
    Store open(Path file);
}
