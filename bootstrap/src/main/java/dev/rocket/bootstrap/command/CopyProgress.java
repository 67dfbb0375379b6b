package dev.rocket.bootstrap.command;

import dev.rocket.core.operation.CopyStore;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How far a copy is: rows, rows a second, and about how long it still takes.
 *
 * <p>The time left is told while the feed is copied, by the places that are left of it. What is
 * made of the feed afterwards is not in it.
 */
final class CopyProgress implements Consumer<CopyStore.Progress> {

    private final Progress progress;
    private final LongSupplier nanoTime;
    private final long began;

    /** Begins now. */
    CopyProgress(Progress progress, LongSupplier nanoTime) {
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    @Override
    public void accept(CopyStore.Progress now) {
        progress.to(now.at().value(), now.rows(), () -> words(now));
    }

    /** One line for people. */
    String words(CopyStore.Progress now) {
        Duration took = took();
        String step = now.step().name().toLowerCase(Locale.ROOT);
        String words = now.rows() + " rows, " + step + ", " + rate(now.rows(), took);
        if (now.step() != CopyStore.Step.CHANGES) {
            return words;
        }
        double left = (double) (now.end().value() - now.at().value()) / now.at().value();
        long seconds = Math.round(took.toMillis() * left / 1_000);
        return words + ", about " + seconds + " s of the feed left";
    }

    /** Since it began. */
    Duration took() {
        return Duration.ofNanos(nanoTime.getAsLong() - began);
    }

    /** Rows a second. */
    static String rate(long rows, Duration took) {
        return rows * 1_000 / Math.max(1, took.toMillis()) + " a second";
    }
}
