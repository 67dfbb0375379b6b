package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Copying a store without what people wrote, for staging.
 *
 * <p>The copy has the same entities, past, places and revisions, and other words; no token of the
 * store opens it. Idempotency keys are left out, since a key may be anything.
 */
public final class CopyAnonymised {

    private final Store from;
    private final Anonymous words;

    /**
     * Copies a store.
     *
     * @param chance must be cryptographically strong: what replaces a word follows from it
     */
    public CopyAnonymised(Store from, RandomGenerator chance) {
        this.from = from;
        this.words = new Anonymous(chance);
    }

    /**
     * Copies everything, and finishes the loader.
     *
     * @param to of an empty place; closed by the caller
     * @param progress hears how many changes and entities were written so far
     * @return the place at which the copy ends
     * @throws dev.rocket.core.port.StoreException when the machine below either failed
     */
    public Seq run(Loader to, LongConsumer progress) {
        Seq end = from.read(Snapshot::seq);
        Seq at = Seq.START;
        long written = 0;
        while (end.isAfter(at)) {
            Seq after = at;
            List<Change> page =
                    from.read(s -> s.changes(after, Limits.CHANGES_PAGE)).stream()
                            .filter(change -> !change.seq().isAfter(end))
                            .map(words::of)
                            .toList();
            to.changes(page);
            written += page.size();
            progress.accept(written);
            at = page.isEmpty() ? end : page.getLast().seq();
        }
        long changes = written;
        to.finish(entities -> progress.accept(changes + entities));
        return end;
    }
}
