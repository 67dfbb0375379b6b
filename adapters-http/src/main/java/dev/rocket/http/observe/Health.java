package dev.rocket.http.observe;

import dev.rocket.core.model.JsonOut;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the server lives, and whether it should get traffic.
 *
 * <p>The store is tried at most once in {@link #KEPT} and for {@link #PATIENCE} at most; whoever
 * asks meanwhile gets the last verdict. Thread-safe.
 */
public final class Health {

    /** How long a verdict is good. */
    public static final Duration KEPT = Duration.ofSeconds(1);

    /** How long a try of the store may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The least free space on the store's volume, in bytes. */
    public static final long LEAST_FREE_BYTES = 64L << 20;

    private final Probe probe;
    private final InstantSource clock;
    private final ReentrantLock trying = new ReentrantLock();
    private volatile Tried last = new Tried(Instant.MIN, List.of("The store was not tried yet."));
    private volatile boolean draining;

    private record Tried(Instant at, List<String> reasons) {}

    /**
     * A verdict.
     *
     * @param isReady whether the server should get traffic
     * @param json the verdict with its reasons
     */
    public record Verdict(boolean isReady, String json) {}

    /** Watches a store. */
    public Health(Probe probe, InstantSource clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** From now on the server should get no traffic. */
    public void drain() {
        draining = true;
    }

    /** That the process answers at all. */
    public String alive() {
        return "{\"status\":\"up\"}";
    }

    /** Whether the server should get traffic, and why not. */
    public Verdict ready() {
        List<String> reasons = new ArrayList<>();
        if (draining) {
            reasons.add("The server is draining; it will stop.");
        }
        reasons.addAll(tried().reasons());
        Probe.Reading reading = probe.reading();
        StringBuilder out = new StringBuilder(256);
        JsonOut json = new JsonOut(out).begin();
        json.plain("status", reasons.isEmpty() ? "ready" : "not ready");
        json.name("reasons");
        out.append('[');
        for (int i = 0; i < reasons.size(); i++) {
            out.append(i == 0 ? "" : ",");
            json.quote(reasons.get(i));
        }
        out.append(']');
        json.text("engine", reading.engine()).number("schema", reading.schema());
        json.number("queued", reading.queued());
        if (reading.freeBytes() != Probe.Reading.UNTOLD) {
            json.number("freeBytes", reading.freeBytes());
        }
        json.end();
        return new Verdict(reasons.isEmpty(), out.toString());
    }

    private Tried tried() {
        Tried known = last;
        if (isFresh(known) || !trying.tryLock()) {
            return known;
        }
        try {
            if (!isFresh(last)) {
                last = new Tried(clock.instant(), troubles());
            }
            return last;
        } finally {
            trying.unlock();
        }
    }

    private boolean isFresh(Tried tried) {
        Instant now = clock.instant();
        return !tried.at().equals(Instant.MIN)
                && !now.isBefore(tried.at())
                && now.isBefore(tried.at().plus(KEPT));
    }

    private List<String> troubles() {
        List<String> reasons = new ArrayList<>();
        try {
            probe.trouble(PATIENCE).ifPresent(reasons::add);
            Probe.Reading reading = probe.reading();
            long free = reading.freeBytes();
            if (reading.dataBytes() > 0 && free >= 0 && free < LEAST_FREE_BYTES) {
                reasons.add("The store's volume has " + free + " bytes left; free some space.");
            }
        } catch (StoreException e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
        return reasons;
    }
}
