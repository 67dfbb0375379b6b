package dev.rocket.postgres;

/**
 * Another transaction came between what this one read and what it writes.
 *
 * <p>The transaction is rolled back and its work is run again; nobody outside the store sees it.
 */
final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1;

    Conflict(String what) {
        super(what, null, false, false);
    }
}
