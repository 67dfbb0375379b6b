package dev.rocket.core.operation;

import dev.rocket.core.port.Meter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
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
    private final LongAdder waits = new LongAdder();
    private final long[] commands = new long[MINUTES];
    private final long[] busyNanos = new long[MINUTES];
    private long minute;
    private long commits;
    private long commitNanos;
    private long counted;

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
            busyNanos[at] += work.toNanos() + commit.toNanos();
            commits++;
            commitNanos += commit.toNanos();
            counted += some;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void queued(Duration wait) {
        waits.add(wait.toNanos());
    }

    /** The place of this minute; minutes without a command are cleared on the way to it. */
    private int now() {
        long current = clock.millis() / MINUTE_MILLIS;
        if (current < minute || current - minute >= MINUTES) {
            Arrays.fill(commands, 0);
            Arrays.fill(busyNanos, 0);
            minute = current;
        }
        while (minute < current) {
            minute++;
            commands[place(minute)] = 0;
            busyNanos[place(minute)] = 0;
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
                    Duration.ofNanos(counted == 0 ? 0 : waits.sum() / counted),
                    Duration.ofNanos(commits == 0 ? 0 : commitNanos / commits));
        } finally {
            lock.unlock();
        }
    }

    private static long held(long[] minutes) {
        long[] sorted = minutes.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - HELD];
    }
}
