package dev.rocket.core.port;

/** The place where copies are kept failed. */
public final class VaultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What failed. */
    public enum Kind {
        /** The place cannot be reached, or not just now; a retry may help. */
        UNAVAILABLE(true),
        /** No space is left there, or here for what is fetched. */
        FULL(true),
        /** The place does not let this program in, or not do that. */
        REFUSED(false),
        /** There is no such item, or no such place. */
        MISSING(false),
        /** What is kept there is not what was put. */
        CORRUPT(false),
        /** What is kept there was sealed with another key, or not at all. */
        WRONG_KEY(false),
        /** A file on this side cannot be read or written. */
        LOCAL(false);

        private final boolean mayRetry;

        Kind(boolean mayRetry) {
            this.mayRetry = mayRetry;
        }
    }

    private final Kind kind;

    /**
     * Tells what failed.
     *
     * @param kind what failed
     * @param message what happened and what the operator can do about it
     */
    public VaultException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Tells what failed.
     *
     * @param kind what failed
     * @param message what happened and what the operator can do about it
     * @param cause what the place said
     */
    public VaultException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What failed. */
    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later. */
    public boolean mayRetry() {
        return kind.mayRetry;
    }
}
