package dev.rocket.architecture.planted.core;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads clock and zone by itself. */
public final class Clocked {

    private final InstantSource own = InstantSource.system();

    /** By a call in a lambda. */
    public Optional<Instant> called() {
        return Optional.of(1).map(one -> Instant.now());
    }

    /** By a reference. */
    public Supplier<Instant> referred() {
        return Instant::now;
    }

    /** In a zone, but by no clock. */
    public LocalDate today(ZoneId zone) {
        return LocalDate.now(zone);
    }

    /** By the machine's zone. */
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /** By the machine. */
    public long millis() {
        return System.currentTimeMillis() + System.nanoTime() + own.millis();
    }

    /** By a clock of its own. */
    public Clock ticking() {
        return Clock.tickSeconds(ZoneId.of("UTC"));
    }
}
