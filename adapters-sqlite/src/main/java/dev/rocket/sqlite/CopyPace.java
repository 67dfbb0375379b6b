package dev.rocket.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.sqlite.core.DB;

/**
 * The pace of a copy, which leaves the machine to whoever writes.
 *
 * <p>After each step it rests as long as the step took. What was copied is brought to the disk
 * every few steps: all at once in the end would stand before the writer's own commits.
 */
final class CopyPace implements DB.ProgressObserver {

    private static final long FORCE_BYTES = 8 << 20;
    private static final long REST_NANOS_MOST = 50_000_000;

    private final Path file;
    private final long pageBytes;
    private final LongConsumer progress;
    private long began = System.nanoTime();
    private long forced;

    /** Paces a copy to a file, of pages of that size. */
    CopyPace(Path file, long pageBytes, LongConsumer progress) {
        this.file = file;
        this.pageBytes = pageBytes;
        this.progress = progress;
    }

    @Override
    public void progress(int remaining, int pageCount) {
        long done = (pageCount - remaining) * pageBytes;
        progress.accept(done);
        if (done - forced >= FORCE_BYTES) {
            force();
            forced = done;
        }
        if (remaining > 0) {
            LockSupport.parkNanos(Math.min(System.nanoTime() - began, REST_NANOS_MOST));
        }
        began = System.nanoTime();
    }

    private void force() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
