package dev.rocket.core.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands where it was put. Safe from any thread. */
public final class SettableClock implements InstantSource {

    private volatile Instant now;

    /** Stands at an instant. */
    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Puts it somewhere, forward or back. */
    public void set(Instant other) {
        now = other;
    }

    /** Puts it further on; a negative duration puts it back. */
    public void pass(Duration duration) {
        now = now.plus(duration);
    }
}
