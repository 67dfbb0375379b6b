package dev.rocket.bootstrap.exchange;

import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The entities of a file, one after the other.
 *
 * <p>It holds those of one piece at a time.
 */
public final class Items implements Iterator<ImportItem> {

    private final Intake intake;
    private final Deque<ImportItem> pending = new ArrayDeque<>();
    private boolean more = true;

    /** Iterates over what {@code intake} reads. */
    public Items(Intake intake) {
        this.intake = intake;
    }

    /**
     * Whether there is another; reads on when it must.
     *
     * @throws UncheckedIOException when the file cannot be read on
     */
    @Override
    public boolean hasNext() {
        try {
            while (pending.isEmpty() && more) {
                more = intake.read(pending::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return !pending.isEmpty();
    }

    @Override
    public ImportItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the file holds no more");
        }
        return pending.remove();
    }
}
