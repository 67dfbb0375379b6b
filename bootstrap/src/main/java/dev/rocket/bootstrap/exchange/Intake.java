package dev.rocket.bootstrap.exchange;

import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.util.function.Consumer;

/** A file being read, piece by piece. */
@FunctionalInterface
public interface Intake {

    /**
     * Reads the next piece and hands on what it holds: any number of entities, also none.
     *
     * @return false when there is no more
     * @throws IOException when the file cannot be read on; the message names the place
     */
    boolean read(Consumer<? super ImportItem> out) throws IOException;
}
