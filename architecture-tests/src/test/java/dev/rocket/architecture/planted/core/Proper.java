package dev.rocket.architecture.planted.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A type that breaks no rule, though it comes near to each. */
public final class Proper implements Narrow {

    private final int[] counts = {1, 2};
    private @Nullable Thread caller;

    /** The time that it is given. */
    public Instant time(InstantSource clock) {
        return clock.instant();
    }

    /** The day by a clock that it is given. */
    public LocalDate day(Clock clock) {
        return LocalDate.now(Clock.tick(clock, Duration.ofSeconds(1)));
    }

    /** A zone by its name. */
    public ZoneId zone(String name) {
        return ZoneId.of(name);
    }

    /** An id out of the chance that it is given. */
    public UUID id(RandomGenerator chance) {
        return new UUID(chance.nextLong(), counts[0]);
    }

    /** In the order of the chance that it is given. */
    public void shuffle(List<String> words, Random chance) {
        Collections.shuffle(words, chance);
    }

    /** Remembers who called. */
    public void call() {
        caller = Thread.currentThread();
    }

    /** Who called last. */
    public @Nullable Thread caller() {
        return caller;
    }

    @Override
    public void close() {
        counts[0] = 0;
    }
}
