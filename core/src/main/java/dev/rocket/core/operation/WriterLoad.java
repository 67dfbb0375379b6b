package dev.rocket.core.operation;

import dev.rocket.core.port.Meter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How busy the writer was, minute by minute for a day.
 *
 * <p>A peak is what was reached in {@link #HELD} minutes of the day, not what was reached once, so
 * that one short burst says nothing. Thread-safe; memory is bounded by a day's minutes.
 */
public final class WriterLoad implements Meter {

    /** Minutes of the day in which a load must have been reached to count. */
    static final int HELD = 5;

    private static final int MINUTES = 24 * 60;
    private static final long MINUTE_MILLIS = 60_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong waits = new AtomicLong();
    private final long[] commands = new long[MINUTES];
    private final long[] waitNanos = new long[MINUTES];
    private final long[] busyNanos = new long[MINUTES];
    private final long[] commits = new long[MINUTES];
    private final long[] commitNanos = new long[MINUTES];
    private final List<long[]> all = List.of(commands, waitNanos, busyNanos, commits, commitNanos);
    private long minute;

    /** Watches from now on. */
    public WriterLoad(InstantSource clock) {
        this.clock = clock;
        this.minute = clock.millis() / MINUTE_MILLIS;
    }

    /**
     * The load of the last day.
     *
     * @param perSecond commands a second at the peak
     * @param busy part of the time that the writer worked at the peak, 0 to 1
     * @param waited by a command for the writer, on average
     * @param commit to disk, on average
     */
    public record Peak(double perSecond, double busy, Duration waited, Duration commit) {}

    @Override
    public void group(int some, Duration work, Duration commit) {
        lock.lock();
        try {
            int at = now();
            commands[at] += some;
            waitNanos[at] += waits.getAndSet(0);
            busyNanos[at] += work.toNanos() + commit.toNanos();
            commits[at]++;
            commitNanos[at] += commit.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Counts for the minute of the next group, which is the one that the command is in. */
    @Override
    public void queued(Duration wait) {
        waits.addAndGet(wait.toNanos());
    }

    /** The place of this minute; minutes without a command are cleared on the way to it. */
    private int now() {
        long current = clock.millis() / MINUTE_MILLIS;
        if (current < minute || current - minute >= MINUTES) {
            all.forEach(minutes -> Arrays.fill(minutes, 0));
            minute = current;
        }
        while (minute < current) {
            minute++;
            all.forEach(minutes -> minutes[place(minute)] = 0);
        }
        return place(minute);
    }

    private static int place(long minute) {
        return (int) Math.floorMod(minute, (long) MINUTES);
    }

    /** The peak of the last day, or of the time since the process began. */
    public Peak peak() {
        lock.lock();
        try {
            now();
            double seconds = MINUTE_MILLIS / 1_000.0;
            return new Peak(
                    held(commands) / seconds,
                    Math.min(1, held(busyNanos) / (seconds * 1e9)),
                    average(waitNanos, commands),
                    average(commitNanos, commits));
        } finally {
            lock.unlock();
        }
    }

    private static Duration average(long[] nanos, long[] counts) {
        long count = Arrays.stream(counts).sum();
        return Duration.ofNanos(count == 0 ? 0 : Arrays.stream(nanos).sum() / count);
    }

    private static long held(long[] minutes) {
        long[] sorted = minutes.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - HELD];
    }
}
