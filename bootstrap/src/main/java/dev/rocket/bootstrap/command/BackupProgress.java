package dev.rocket.bootstrap.command;

import dev.rocket.core.operation.BackupWatch;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** How far work on backups is, step by step, told on standard error. */
final class BackupProgress implements BackupWatch, AutoCloseable {

    private final PrintWriter err;
    private final String name;
    private final long sizeBytes;
    private @Nullable Step step;
    private @Nullable Progress bar;

    /**
     * Begins to tell.
     *
     * @param sizeBytes about how large the backup is
     */
    BackupProgress(PrintWriter err, String name, long sizeBytes) {
        this.err = err;
        this.name = name;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public void at(Step now, long done) {
        if (now != step) {
            close();
            step = now;
            bar = begin(now);
        }
        if (bar != null) {
            switch (now) {
                case CHECKING, LOADING, COMPARING, REPLAYING -> bar.to(0, done);
                case FETCHING -> bar.to(0, 0);
                default -> bar.to(done, 0);
            }
        }
    }

    private @Nullable Progress begin(Step now) {
        String title = name + ": " + now.words();
        return switch (now) {
            case CLEARING, JUDGING, ROTATING, SWITCHING -> null;
            case CHECKING, LOADING, COMPARING, REPLAYING -> Progress.ofChecks(err, title);
            case COPYING, NAMING, RESTORING -> Progress.ofBytes(err, title, sizeBytes);
            case FETCHING, RECHECKING -> Progress.ofBytes(err, title, -1);
        };
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
