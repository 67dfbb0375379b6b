package dev.rocket.architecture.planted.adapter.shop;

import java.io.UncheckedIOException;

/** Catches what others should tell. */
public final class Swallower {

    /** Whether it went well, in a lambda. */
    public Runnable quietly(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (IllegalStateException | UncheckedIOException e) {
                work.run();
            }
        };
    }
}
