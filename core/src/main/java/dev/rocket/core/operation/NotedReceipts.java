package dev.rocket.core.operation;

import dev.rocket.core.model.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys under which answers may have been remembered since they were last taken.
 *
 * <p>The feed tells of changes but not of receipts, so whoever follows a store is told which to
 * look up. Safe from any thread; bounded, and beyond the bound all receipts are to be looked
 * through.
 */
final class NotedReceipts {

    /** Keys that are held at most. */
    static final int MOST = 200_000;

    private final Set<Receipt.Key> keys = ConcurrentHashMap.newKeySet();
    private volatile boolean overflown;

    /** Notes keys whose writes have ended, whatever came of them. */
    void note(Collection<Receipt.Key> named) {
        if (keys.size() + named.size() > MOST) {
            overflown = true;
        } else {
            keys.addAll(named);
        }
    }

    /** Has all receipts looked through. */
    void overflow() {
        overflown = true;
    }

    /** Whether more was noted than is held; asking takes it back. */
    boolean takeOverflow() {
        boolean was = overflown;
        overflown = false;
        return was;
    }

    /** How many keys are held. */
    int size() {
        return keys.size();
    }

    /** Takes some keys, at most so many; none only when none is held. */
    List<Receipt.Key> take(int limit) {
        List<Receipt.Key> taken = new ArrayList<>();
        for (Receipt.Key key : keys) {
            if (taken.size() == limit) {
                break;
            }
            taken.add(key);
        }
        taken.forEach(keys::remove);
        return taken;
    }
}
