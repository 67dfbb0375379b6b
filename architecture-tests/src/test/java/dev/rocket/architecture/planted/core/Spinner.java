package dev.rocket.architecture.planted.core;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Starts threads on many roads. */
public final class Spinner {

    /** By hand. */
    public Thread hand(Runnable work) {
        return new Thread(work);
    }

    /** By the builder. */
    public ThreadFactory builder() {
        return Thread.ofVirtual().factory();
    }

    /** By a pool. */
    public ThreadFactory pool() {
        return Executors.defaultThreadFactory();
    }

    /** By a future. */
    public CompletableFuture<Integer> future() {
        return CompletableFuture.supplyAsync(() -> 1);
    }

    /** By a stream. */
    public long stream(List<String> words) {
        return words.parallelStream().count();
    }
}
