package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.util.List;
import java.util.Optional;

/** What is looked at before a store is moved, and what a move would do. */
final class MovePlan {

    private final Store source;
    private final Route route;

    MovePlan(Store source, Route route) {
        this.source = source;
        this.route = route;
    }

    /**
     * Looks at everything.
     *
     * @param nanos tells moments
     * @return what a move would do, a line each
     * @throws StoreException with what is in the way
     */
    List<String> lines(MoveControl nanos) {
        Probe.Reading reading = source.probe().reading();
        long bytes = Math.max(0, reading.dataBytes()) + Math.max(0, reading.walBytes());
        checkPlaces();
        checkServers();
        String from = "from    " + route.from().place();
        String size =
                "        " + (bytes >> 20) + " MiB, a feed up to Seq " + source.head().value();
        String to = "to      " + route.to().place();
        Optional<Store> found = route.to().found();
        if (found.isPresent()) {
            try (Store copy = found.get()) {
                long at = resumable(copy).value();
                return List.of(from, size, to, "        holds a copy up to Seq " + at);
            }
        }
        checkSpace(bytes);
        return List.of(
                from,
                size,
                to,
                "        empty, reachable, and may be written",
                "about   " + estimate(nanos) + " s for the feed, as long again for the rest",
                "writes  wait for " + route.freeze().toMillis() + " ms at most");
    }

    private long estimate(MoveControl control) {
        long began = control.nanos();
        CopyStore.Progress sample;
        try (Loader loader = route.to().loader()) {
            sample = new CopyStore(source).sample(loader);
        }
        long millis = Math.max(1, (control.nanos() - began) / 1_000_000);
        long at = Math.max(1, sample.at().value());
        return millis * sample.end().value() / at / 1_000 + 1;
    }

    private void checkPlaces() {
        if (route.from().place().equals(route.to().place())) {
            throw new StoreException(
                    Kind.FOREIGN, "The store is at " + route.to().place() + " already.");
        }
    }

    private void checkSpace(long bytes) {
        long free = route.to().freeBytes();
        long needed = bytes + bytes / 4;
        if (free >= 0 && free < needed) {
            throw new StoreException(
                    Kind.FULL,
                    route.to().place()
                            + " has "
                            + (free >> 20)
                            + " MiB left, and the copy takes about "
                            + (needed >> 20)
                            + " MiB; free space, or name another place.");
        }
    }

    private void checkServers() {
        if (route.from().servers() > 1) {
            throw new StoreException(
                    Kind.LOCKED,
                    route.from().servers()
                            + " servers have "
                            + route.from().place()
                            + " open; stop all but this one, which then moves the store.");
        }
    }

    /**
     * The place up to which a store that was found there is a copy of the source.
     *
     * @throws StoreException with FOREIGN when it is none
     */
    Seq resumable(Store found) {
        String own = route.from().place();
        boolean follows =
                found.read(Snapshot::custody)
                        .filter(
                                some ->
                                        some.is(Custody.State.ARRIVING, own)
                                                || some.is(Custody.State.MOVED, own))
                        .isPresent();
        if (!follows) {
            throw new StoreException(
                    Kind.FOREIGN,
                    route.to().place() + " holds a store already; name another place.");
        }
        Seq at = found.read(Snapshot::seq);
        Seq before = new Seq(Math.max(0, at.value() - 1));
        boolean same =
                at.equals(Seq.START)
                        || found.read(s -> s.changes(before, 1))
                                .equals(source.read(s -> s.changes(before, 1)));
        if (!same) {
            throw new StoreException(
                    Kind.FOREIGN,
                    route.to().place()
                            + " went its own way before Seq "
                            + at.value()
                            + "; name another place.");
        }
        return at;
    }
}
