package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether a segment is one of a store's own feed. */
final class Belonging {

    private Belonging() {}

    /**
     * Looks whether the last change of a segment is what a store has there, or may have forgotten.
     * The segment is read to its end, so it is whole as well.
     *
     * @throws dev.rocket.core.port.StoreException with CORRUPT when it is not
     */
    static boolean isOf(Store store, Segment segment) throws IOException {
        Optional<Change> last = Optional.empty();
        try (SegmentReader reader = new SegmentReader(segment)) {
            for (Optional<Change> next = reader.next(); next.isPresent(); ) {
                last = next;
                next = reader.next();
            }
        }
        if (last.isEmpty()) {
            return false;
        }
        Change archived = last.get();
        Seq before = new Seq(archived.seq().value() - 1);
        List<Change> here = store.read(snapshot -> snapshot.changes(before, 1));
        boolean missing = here.isEmpty() || here.getFirst().seq().isAfter(archived.seq());
        return missing ? Forgotten.mayBe(store, archived) : here.getFirst().equals(archived);
    }
}
