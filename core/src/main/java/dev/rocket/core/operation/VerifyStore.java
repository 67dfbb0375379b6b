package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe.Flaw;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Checking a store against its own feed.
 *
 * <p>The feed is read from its first change on; each change must follow the one it names as its
 * predecessor by one revision, where that is not the first one kept of its entity, and in the end
 * the newest image of each entity must be what the store holds, nothing missing and nothing more.
 * Holds about 100 bytes an entity. Before that the store looks for flaws in how it holds them;
 * where something cannot be read, they alone are told, since it cannot be followed.
 */
public final class VerifyStore {

    /** Findings that are listed; more are counted alone. */
    public static final int LISTED = 20;

    private final Store store;

    /** Checks that store. */
    public VerifyStore(Store store) {
        this.store = store;
    }

    /**
     * What a check found.
     *
     * @param seq the place at which it looked
     * @param changes how many changes the feed holds
     * @param digest of all entities that the store holds
     * @param problems what does not agree, at most {@link #LISTED}; empty when all is well
     * @param problemCount how many do not agree
     * @param copyable whether all of it is in what a copy makes anew out of the feed
     */
    public record Report(
            Seq seq,
            long changes,
            Digest digest,
            List<String> problems,
            long problemCount,
            boolean copyable) {

        /** Whether store and feed agree. */
        public boolean agrees() {
            return problemCount == 0;
        }
    }

    private record Last(long seq, long revision, Digest digest) {}

    /**
     * Checks; takes one consistent snapshot for as long as it runs.
     *
     * @param progress hears how many changes and entities were looked at so far
     */
    public Report run(LongConsumer progress) {
        long[] rows = {0};
        List<Flaw> flaws =
                store.probe()
                        .flaws(
                                LISTED,
                                looked -> {
                                    rows[0] = looked;
                                    progress.accept(looked);
                                });
        List<String> told = flaws.stream().map(Flaw::what).toList();
        if (flaws.stream().allMatch(flaw -> flaw.part() == Flaw.Part.INDEX)) {
            LongConsumer further = looked -> progress.accept(rows[0] + looked);
            return store.read(snapshot -> new Check(snapshot, further, told).report());
        }
        boolean copyable = flaws.stream().noneMatch(flaw -> flaw.part() == Flaw.Part.FEED);
        return new Report(store.head(), 0, Digest.EMPTY, told, told.size(), copyable);
    }

    private static final class Check {

        private final Snapshot snapshot;
        private final LongConsumer progress;
        private final Map<Image.Id<?>, Last> newest = new HashMap<>();
        private final List<String> problems = new ArrayList<>();
        private final List<String> flaws;
        private long copyable;
        private long problemCount;
        private long changes;
        private long looked;

        Check(Snapshot snapshot, LongConsumer progress, List<String> flaws) {
            this.snapshot = snapshot;
            this.progress = progress;
            this.flaws = flaws;
        }

        Report report() {
            readFeed();
            Digest held = Digest.EMPTY;
            for (Image.Kind kind : Image.Kind.values()) {
                held = held.plus(compare(kind));
            }
            newest.forEach(this::missing);
            boolean copies = problemCount == copyable;
            // What is wrong with the entities themselves comes first.
            flaws.forEach(this::problem);
            return new Report(
                    snapshot.seq(), changes, held, List.copyOf(problems), problemCount, copies);
        }

        /** What the store does not list must be deleted, and known as that. */
        private void missing(Image.Id<?> id, Last last) {
            if (last.digest().count() > 0) {
                problem(name(id) + " is in the feed but not in the store");
            } else if (snapshot.lastChange(id).value() != last.seq()) {
                problem(name(id) + " is not listed as deleted by its change " + last.seq());
                copyable++;
            }
        }

        private void readFeed() {
            Seq at = Seq.START;
            for (Feed feed = Feed.of(snapshot); feed.hasNext(); ) {
                Change change = feed.next();
                if (!change.seq().isAfter(at)) {
                    problem(
                            "the feed goes back from "
                                    + at.value()
                                    + " to "
                                    + change.seq().value());
                    return;
                }
                follow(change);
                at = change.seq();
            }
            if (!at.equals(snapshot.seq())) {
                problem("the feed ends at " + at.value() + ", not " + snapshot.seq().value());
            }
        }

        private void follow(Change change) {
            Image image = change.image();
            boolean gone = image instanceof Image.Gone;
            long revision = image.revision().value();
            Digest digest = gone ? Digest.EMPTY : Digest.of(image);
            Last last = newest.put(image.id(), new Last(change.seq().value(), revision, digest));
            long prev = last == null ? 0 : last.seq();
            String where = name(image.id()) + " at " + change.seq().value();
            if (change.prev().value() != prev && !(last == null && isForgotten(change.prev()))) {
                problem(where + " follows " + change.prev().value() + ", not " + prev);
            }
            boolean begins = last == null || last.digest().count() == 0;
            boolean follows =
                    begins
                            ? last == null || revision > last.revision()
                            : revision == last.revision() + 1;
            if (!follows) {
                problem(where + " has the revision " + revision + " after " + last.revision());
            }
            changes++;
            progress.accept(++looked);
        }

        /** Whether the store holds nothing at a place any more. */
        private boolean isForgotten(Seq place) {
            return snapshot.changes(new Seq(place.value() - 1), 1).stream()
                    .noneMatch(earlier -> earlier.seq().equals(place));
        }

        private Digest compare(Image.Kind kind) {
            Digest held = Digest.EMPTY;
            for (Pages pages = new Pages(snapshot, kind); pages.hasNext(); ) {
                for (Image image : pages.next().items()) {
                    Digest digest = Digest.of(image);
                    held = held.plus(digest);
                    Last last = newest.remove(image.id());
                    if (last == null || last.digest().count() == 0) {
                        problem(name(image.id()) + " is in the store but not in the feed");
                    } else if (!last.digest().equals(digest)) {
                        problem(name(image.id()) + " differs from its change " + last.seq());
                    }
                    progress.accept(++looked);
                }
            }
            return held;
        }

        private void problem(String what) {
            if (problems.size() < LISTED) {
                problems.add(what);
            }
            problemCount++;
        }

        private static String name(Image.Id<?> id) {
            return id.kind().wire() + " " + id.text();
        }
    }
}
