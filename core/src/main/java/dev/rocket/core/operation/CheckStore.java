package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Diagnose.Check;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checks of a store that take a moment.
 *
 * <p>They look at no more of a large one than of a small one. {@link VerifyStore} looks at all of
 * it and takes as long as that takes.
 */
public final class CheckStore {

    /** How long a try of a write may take. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How far the newest change may lie in the future before a clock is called wrong. */
    static final Duration LEEWAY = Duration.ofSeconds(5);

    /** A log of that size, in bytes, is no longer called small. */
    static final long LARGE_LOG_BYTES = 256L << 20;

    private final Store store;
    private final InstantSource clock;

    /** Checks a store, by a clock. */
    public CheckStore(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The checks, in order. */
    public List<Check> checks() {
        return List.of(
                new Check("schema", this::schema),
                new Check("engine", this::engine),
                new Check("write", this::write),
                new Check("log", this::log),
                new Check("feed", this::feed),
                new Check("clock", this::clock));
    }

    private List<Finding> schema() {
        Probe.Reading reading = store.probe().reading();
        String what = reading.engine() + ", schema " + reading.schema();
        return List.of(Finding.ok("schema", what + ", place " + store.head().value()));
    }

    private List<Finding> engine() {
        return store.probe().remarks().stream().map(CheckStore::finding).toList();
    }

    private static Finding finding(Probe.Remark remark) {
        return switch (remark.weight()) {
            case NOTE -> Finding.ok("engine", remark.what());
            case CONCERN -> Finding.warning("engine", remark.what(), remark.remedy());
            case DANGER -> Finding.failed("engine", remark.what(), remark.remedy());
        };
    }

    private List<Finding> write() {
        Instant began = clock.instant();
        Optional<String> trouble = store.probe().trouble(PATIENCE);
        if (trouble.isPresent()) {
            String remedy = "free some space (df -h), or do what it says; then: rocket doctor";
            return List.of(Finding.failed("write", trouble.get(), remedy));
        }
        long millis = Duration.between(began, clock.instant()).toMillis();
        return List.of(Finding.ok("write", "a write was durable in " + millis + " ms"));
    }

    private List<Finding> log() {
        Probe.Reading reading = store.probe().reading();
        String log = "log " + Size.print(reading.walBytes());
        String sizes = log + ", data " + Size.print(reading.dataBytes());
        return List.of(
                reading.walBytes() > Math.max(LARGE_LOG_BYTES, reading.dataBytes())
                        ? Finding.warning(
                                "log",
                                sizes + ": it was not merged for long",
                                "end what reads the file for hours, or restart the server")
                        : Finding.ok("log", sizes));
    }

    /** The newest changes and the entities that they made: do they say the same? */
    private List<Finding> feed() {
        return store.read(
                snapshot -> {
                    Map<Image.Id<?>, Change> newest = new HashMap<>();
                    tail(snapshot).forEach(change -> newest.put(change.image().id(), change));
                    List<Finding> found = new ArrayList<>();
                    for (Change change : newest.values()) {
                        if (!agrees(snapshot, change)) {
                            found.add(Finding.failed("feed", differs(change), "rocket verify"));
                        }
                    }
                    String well = newest.size() + " entities agree with their newest changes";
                    return found.isEmpty() ? List.of(Finding.ok("feed", well)) : found;
                });
    }

    private static String differs(Change change) {
        Image.Id<?> id = change.image().id();
        String name = id.kind().wire() + " " + id.text();
        return name + " is not what its change " + change.seq().value() + " says";
    }

    private static List<Change> tail(Snapshot snapshot) {
        long from = Math.max(0, snapshot.seq().value() - Limits.CHANGES_PAGE);
        return snapshot.changes(new Seq(from), Limits.CHANGES_PAGE);
    }

    private static boolean agrees(Snapshot snapshot, Change change) {
        Optional<? extends Image> held = snapshot.find(change.image().id());
        return change.image() instanceof Image.Gone
                ? held.isEmpty()
                : held.isPresent() && Digest.of(held.get()).equals(Digest.of(change.image()));
    }

    private List<Finding> clock() {
        Instant now = clock.instant();
        List<Change> tail = store.read(CheckStore::tail);
        Instant newest =
                tail.stream().map(Change::at).max(Instant::compareTo).orElse(Instant.EPOCH);
        Duration ahead = Duration.between(now, newest);
        return List.of(
                ahead.compareTo(LEEWAY) > 0
                        ? Finding.warning(
                                "clock",
                                "the newest change is "
                                        + ahead.toSeconds()
                                        + " s in the future, so this clock is or was wrong",
                                "timedatectl status")
                        : Finding.ok("clock", "it is " + now.truncatedTo(ChronoUnit.SECONDS)));
    }
}
