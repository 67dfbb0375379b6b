package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves of a store, made and looked at as a client does.
 *
 * <p>How long writes were held up, the server tells. When, is told by the looks before and after:
 * the time is taken as long as it can have been, and is longer than a freeze by a look at most.
 */
final class MoveWatch {

    /** Between two looks. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Until a move is given up. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** Until the server is ready for another move. */
    private static final Duration UNREADY = Duration.ofSeconds(30);

    private final MoveRoutes routes;
    private final List<Freeze> freezes = new ArrayList<>();

    MoveWatch(MoveRoutes routes) {
        this.routes = routes;
    }

    /**
     * Writes that were held up, whether the copy took over then or not.
     *
     * @param time in which that was
     * @param millis how long the server says that it lasted
     */
    record Freeze(Span time, long millis) {}

    /**
     * A copy that was made.
     *
     * @param rows changes, receipts and entities
     * @param took from its beginning until it was seen to be done
     */
    record Copied(long rows, Duration took) {

        /** Rows a second. */
        double perSecond() {
            return rows * 1e9 / took.toNanos();
        }
    }

    /** All freezes so far. */
    List<Freeze> freezes() {
        return freezes;
    }

    /** Looks as often as at a move for a time in which there is none. */
    Span idle(Duration time) throws IOException {
        long from = System.nanoTime();
        while (System.nanoTime() - from < time.toNanos()) {
            routes.look();
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return new Span(from, System.nanoTime());
    }

    /** Begins a move that waits when the copy is there, and has it go on; what was copied. */
    Copied copied(String wish) throws IOException {
        begin(wish);
        long from = System.nanoTime();
        while (true) {
            MoveRoutes.Told told = look(from);
            if (told.isPaused()) {
                Duration took = Duration.between(told.since(), Instant.now());
                routes.resume();
                return new Copied(told.number("rows"), took);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Asks until a move begins: the one before is over a moment before the server is ready. */
    void begin(String wish) throws IOException {
        long from = System.nanoTime();
        while (!routes.begin(wish)) {
            if (System.nanoTime() - from > UNREADY.toNanos()) {
                throw new IOException("no move began within " + UNREADY.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Looks at a move that was begun until it is done. */
    void untilDone() throws IOException {
        long from = System.nanoTime();
        long seen = 0;
        long before = from;
        while (true) {
            long asked = System.nanoTime();
            MoveRoutes.Told told = look(from);
            if (told.number("freezes") > seen) {
                seen = told.number("freezes");
                long millis = told.number("frozenMillis");
                // The server told whole milliseconds.
                long held = TimeUnit.MILLISECONDS.toNanos(millis + 1);
                freezes.add(new Freeze(new Span(before - held, System.nanoTime()), millis));
            }
            if (told.text("phase").equals("done")) {
                return;
            }
            before = asked;
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private MoveRoutes.Told look(long from) throws IOException {
        MoveRoutes.Told told = routes.look();
        String phase = told.text("phase");
        if (List.of("failed", "aborted", "idle").contains(phase)) {
            throw new IOException("a move " + phase + ": " + told.text("detail"));
        }
        if (System.nanoTime() - from > PATIENCE.toNanos()) {
            throw new IOException("a move took more than " + PATIENCE.toMinutes() + " minutes");
        }
        return told;
    }
}
