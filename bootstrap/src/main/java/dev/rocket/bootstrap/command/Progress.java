package dev.rocket.bootstrap.command;

import java.io.PrintWriter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How far a long command is, told on standard error.
 *
 * <p>A bar when the launcher found that standard error is a terminal, else one plain line every
 * {@link #LINE_EVERY} entities. Lines that are to stand go through {@link #say}, so that they and
 * the bar never mix. Thread-safe.
 */
final class Progress implements AutoCloseable {

    /** Entities between two plain lines. */
    static final long LINE_EVERY = 50_000;

    private static final int BAR_CHARS = 79;
    private static final String ERASE = "\r\033[K";

    private final ReentrantLock lock = new ReentrantLock();
    private final PrintWriter err;
    private final String name;
    private final String things;
    private final @Nullable ProgressBar bar;
    private boolean drawn;
    private long told;

    /**
     * Begins to tell.
     *
     * @param sizeBytes what the bar fills up to; negative when it is not known
     */
    Progress(PrintWriter err, String name, long sizeBytes) {
        this(err, name, sizeBytes, Boolean.getBoolean("rocket.terminal"));
    }

    Progress(PrintWriter err, String name, long sizeBytes, boolean terminal) {
        this(err, name, "entities", terminal ? Scale.ofBytes(sizeBytes) : null);
    }

    /** What a bar fills up to, in which unit. */
    private record Scale(long most, String unit, long size) {

        static Scale ofBytes(long most) {
            return new Scale(most, " MiB", 1 << 20);
        }
    }

    private Progress(PrintWriter err, String name, String things, @Nullable Scale scale) {
        this.err = err;
        this.name = name;
        this.things = things;
        this.bar =
                scale == null
                        ? null
                        : new ProgressBarBuilder()
                                .setTaskName(name)
                                .setInitialMax(scale.most())
                                .setUnit(scale.unit(), scale.size())
                                .setConsumer(
                                        new DelegatingProgressBarConsumer(this::draw, BAR_CHARS))
                                .build();
    }

    /** Begins to tell of changes and entities, of which nobody knows how many there are. */
    static Progress ofChecks(PrintWriter err, String name) {
        boolean terminal = Boolean.getBoolean("rocket.terminal");
        return new Progress(err, name, "changes and entities", terminal ? Scale.ofBytes(-1) : null);
    }

    /** Begins to tell of a copy whose bar fills up to a place in the feed. */
    static Progress ofCopy(PrintWriter err, String name, long places) {
        boolean terminal = Boolean.getBoolean("rocket.terminal");
        return new Progress(err, name, "rows", terminal ? new Scale(places, "", 1) : null);
    }

    /** Begins to tell of bytes alone; without a terminal, only that it begins. */
    static Progress ofBytes(PrintWriter err, String name, long sizeBytes) {
        boolean terminal = Boolean.getBoolean("rocket.terminal");
        Progress progress = new Progress(err, name, "", terminal ? Scale.ofBytes(sizeBytes) : null);
        if (!terminal) {
            progress.say(name);
        }
        return progress;
    }

    /** Tells how many bytes are done, and how many entities these were. */
    void to(long bytes, long entities) {
        to(bytes, entities, () -> entities + " " + things + " so far");
    }

    /** Tells how far the bar is, and how many entities these were; without a bar in these words. */
    void to(long done, long entities, Supplier<String> words) {
        if (bar != null) {
            bar.setExtraMessage(things.isEmpty() ? "" : " " + entities + " " + things);
            bar.stepTo(done);
        } else if (entities / LINE_EVERY > told / LINE_EVERY) {
            say(name + ": " + words.get());
        }
        told = entities;
    }

    /** Prints a line that stands. */
    void say(String line) {
        lock.lock();
        try {
            erase();
            err.println(line);
            err.flush();
        } finally {
            lock.unlock();
        }
    }

    private void draw(String text) {
        lock.lock();
        try {
            err.print("\r" + text + "\033[K");
            err.flush();
            drawn = true;
        } finally {
            lock.unlock();
        }
    }

    private void erase() {
        if (drawn) {
            err.print(ERASE);
            drawn = false;
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
        lock.lock();
        try {
            erase();
            err.flush();
        } finally {
            lock.unlock();
        }
    }
}
