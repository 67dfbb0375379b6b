package dev.rocket.http.observe;

import dev.rocket.core.port.StoreException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Reads one figure, and does without it when that fails.
 *
 * <p>The other figures are wanted then all the more. A failure is logged once, and again only after
 * the figure was read meanwhile. Thread-safe.
 */
final class FigureReader {

    private static final System.Logger LOG = System.getLogger("dev.rocket.metrics");

    private final String name;
    private final AtomicBoolean fails = new AtomicBoolean();

    /** Reads a figure of that name. */
    FigureReader(String name) {
        this.name = name;
    }

    /** What it is now, or what stands for it when it cannot be read. */
    <T> T read(Supplier<T> figure, T unread) {
        try {
            T now = figure.get();
            fails.set(false);
            return now;
        } catch (RuntimeException e) {
            if (fails.compareAndSet(false, true)) {
                tell(e);
            }
            return unread;
        }
    }

    private void tell(RuntimeException e) {
        String line = "No " + name + " for now";
        if (e instanceof StoreException || e instanceof UncheckedIOException) {
            LOG.log(System.Logger.Level.WARNING, line + ": " + e.getMessage());
        } else {
            LOG.log(System.Logger.Level.WARNING, line, e);
        }
    }
}
