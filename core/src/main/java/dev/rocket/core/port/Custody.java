package dev.rocket.core.port;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Which of two stores is in charge, as one of them says.
 *
 * <p>A store that was never moved has none of it, and is in charge. Of two stores that were at most
 * one is: the source is marked as moved before the target stops being marked as arriving, so after
 * a crash between the two it is the target that goes on, once it has looked at the source.
 *
 * @param state of the store that it is written in
 * @param other the other store, as people name it; without a password
 * @param at since when
 */
public record Custody(State state, String other, Instant at) {

    /** What stands for the other store where that is a backup. */
    public static final String BACKUP = "a backup";

    /** Cuts the instant to whole milliseconds. */
    public Custody {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Who is in charge. */
    public enum State {
        /** The other: this one is a copy that is being made of it. */
        ARRIVING,
        /** This one: it came from the other. */
        HERE,
        /** The other: this one was moved there. */
        MOVED
    }

    /** Whether it is the same state towards the same other store. */
    public boolean is(State expected, String whom) {
        return state == expected && other.equals(whom);
    }

    /**
     * Looks whether a store is in charge.
     *
     * @param found what it has written
     * @param place the store, as people name it
     * @throws StoreException with FOREIGN and what to do when it is not
     */
    public static void check(Optional<Custody> found, String place) {
        if (found.isEmpty() || found.get().state() == State.HERE) {
            return;
        }
        Custody custody = found.get();
        String since = custody.at().toString();
        throw new StoreException(
                StoreException.Kind.FOREIGN,
                custody.is(State.ARRIVING, BACKUP)
                        ? place
                                + " was being restored from a backup at "
                                + since
                                + ", which did not end; restore again, as with `rocket restore"
                                + " latest`."
                        : elsewhere(custody, place));
    }

    private static String elsewhere(Custody custody, String place) {
        return custody.state() == State.MOVED
                ? place
                        + " was moved to "
                        + custody.other()
                        + " at "
                        + custody.at()
                        + "; start the server on that, or bring the data back with `rocket migrate"
                        + " --back` while a server runs there."
                : place
                        + " is a copy that was being made of "
                        + custody.other()
                        + " at "
                        + custody.at()
                        + " and never took its place; start the server on that, or begin the move"
                        + " again.";
    }
}
