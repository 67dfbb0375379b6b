package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.MoveStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What a move tells, and what it is told, while it is under way.
 *
 * <p>Safe from any thread; the move itself is on one.
 */
final class MoveControl {

    private static final Duration LOOK = Duration.ofMillis(50);

    /** How long work that can wait goes on before it leaves the machine to others for as long. */
    private static final Duration STRIDE = Duration.ofMillis(5);

    private final Tools tools;
    private volatile MoveStatus status;
    private volatile Optional<Phase> pauseAt = Optional.empty();
    private volatile boolean ended;
    private long rested;

    /**
     * What lets time pass, and tells it.
     *
     * @param clock gives the time
     * @param nanoTime as {@link System#nanoTime}
     */
    record Tools(InstantSource clock, LongSupplier nanoTime, RunUpkeep.Pause pause) {}

    /** Whoever asked has had enough; the source is in charge. */
    static final class Ended extends RuntimeException {

        private static final long serialVersionUID = 1;

        Ended(String why) {
            super(why);
        }
    }

    MoveControl(Tools tools) {
        this.tools = tools;
        this.status = MoveStatus.idle(tools.clock().instant());
    }

    /** How far it is. */
    MoveStatus status() {
        return status;
    }

    /** A move begins, and is to wait before a phase. */
    void begin(String to, Optional<Phase> waitAt) {
        ended = false;
        pauseAt = waitAt;
        status = MoveStatus.begun(to, now());
    }

    /** Has the move end where it can. */
    void end() {
        ended = true;
    }

    /** Has a move that waits go on; whether it waited. */
    boolean proceed() {
        boolean waited = pauseAt.isPresent();
        pauseAt = Optional.empty();
        return waited;
    }

    /** A phase begins, after a wait for being told to go on, if that was asked for. */
    void phase(Phase next, String what) {
        phase(next, what, () -> {});
    }

    /** The same; meanwhile something is done again and again. */
    void phase(Phase next, String what, Runnable meanwhile) {
        while (pauseAt.filter(next::equals).isPresent()) {
            change(now -> now.paused(true).saying("waits before " + next.wire()));
            checkpoint();
            meanwhile.run();
            rest(LOOK);
        }
        change(now -> now.in(next, what, now()));
        rested = nanos();
        checkpoint();
    }

    /** How it ended. */
    void over(Phase last, String what, List<String> lines) {
        change(now -> now.in(last, what, now()).planned(lines));
    }

    /** How much was done in this phase, and where source and copy are. */
    void at(long rows, Seq at, Seq end) {
        change(now -> now.at(rows, at, end));
    }

    /** How much was done in this phase, which rests as long as it works. */
    void pace(long rows) {
        change(now -> now.at(rows, now.at(), now.end()));
        long worked = nanos() - rested;
        if (worked >= STRIDE.toNanos()) {
            checkpoint();
            rest(Duration.ofNanos(Math.min(worked, LOOK.toNanos())));
            rested = nanos();
        }
    }

    /** Something to say. */
    void say(String what) {
        change(now -> now.saying(what));
    }

    /** Writes were held up for that long. */
    void frozen(Duration held) {
        change(now -> now.frozen(held));
    }

    private synchronized void change(UnaryOperator<MoveStatus> next) {
        status = next.apply(status);
    }

    /** Ends the move if it was told to. */
    void checkpoint() {
        if (ended) {
            throw new Ended("it was told to end");
        }
    }

    /** Lets time pass. */
    void rest(Duration time) {
        try {
            tools.pause().rest(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended("it was interrupted");
        }
    }

    /** The time. */
    Instant now() {
        return tools.clock().instant();
    }

    /** A moment in nanoseconds, to tell how long something took. */
    long nanos() {
        return tools.nanoTime().getAsLong();
    }
}
