package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store may have let go of its feed.
 *
 * <p>Only a change that a later one of its entity follows is ever forgotten, so one that is missing
 * though it is its entity's newest was lost.
 */
final class Forgotten {

    private Forgotten() {}

    /** Whether a store that does not have a change may have forgotten it. */
    static boolean mayBe(Store store, Change change) {
        return lost(store, List.of(change)).isEmpty();
    }

    /** Those of some changes, which a store does not have, that it cannot have forgotten. */
    static List<Change> lost(Store store, Collection<Change> missing) {
        Map<Image.Id<?>, Seq> newest =
                store.read(
                        snapshot -> {
                            Map<Image.Id<?>, Seq> found = new HashMap<>();
                            for (Change change : missing) {
                                found.computeIfAbsent(change.image().id(), snapshot::lastChange);
                            }
                            return found;
                        });
        return missing.stream()
                .filter(one -> !newest.getOrDefault(one.image().id(), Seq.START).isAfter(one.seq()))
                .toList();
    }
}
