package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Seq;
import java.util.HashMap;
import java.util.Map;

/** Places of one feed, told by their order of appearance instead of their numbers. */
final class Places {

    private final Map<Seq, Integer> known = new HashMap<>();

    /** A change with both of its places told so. */
    String told(Change change) {
        int prev = number(change.prev());
        int seq = number(change.seq());
        return change.placed(new Seq(seq), new Seq(prev)).toString();
    }

    private int number(Seq seq) {
        return seq.equals(Seq.START) ? 0 : known.computeIfAbsent(seq, s -> known.size() + 1);
    }
}
