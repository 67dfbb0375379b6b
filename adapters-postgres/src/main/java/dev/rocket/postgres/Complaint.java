package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a thread in the background suffers from, logged once until it is over. */
final class Complaint {

    private static final System.Logger LOG = System.getLogger("dev.rocket.postgres");

    private final String what;
    private volatile @Nullable String why;

    /** Not yet; {@code what} says what it means for others. */
    Complaint(String what) {
        this.what = what;
    }

    /** It goes on, for that reason. */
    void about(StoreException e) {
        String told = String.valueOf(e.getMessage());
        if (why == null) {
            LOG.log(System.Logger.Level.WARNING, what + ": " + told);
        }
        why = told;
    }

    /** All is well again. */
    void over() {
        why = null;
    }

    /** The reason, while it goes on. */
    Optional<String> why() {
        return Optional.ofNullable(why);
    }
}
