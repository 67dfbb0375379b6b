package dev.rocket.core.port;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The machine below a store failed; the domain did not say no. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What failed. */
    public enum Kind {
        /** Too much is waiting; nothing was done; a retry helps. */
        OVERLOADED(true),
        /** The engine cannot be reached or used just now; a retry may help. */
        UNAVAILABLE(true),
        /** Whether the write was made is not known; the idempotency key resolves it. */
        UNKNOWN_OUTCOME(true),
        /** No space is left. */
        FULL(true),
        /** The store may be read only. */
        READ_ONLY(false),
        /** What is stored is damaged. */
        CORRUPT(false),
        /** The place holds something else than a store of this program and version. */
        FOREIGN(false),
        /** Somebody else has it open. */
        LOCKED(false),
        /** It was closed. */
        CLOSED(false);

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
    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Tells what failed.
     *
     * @param kind what failed
     * @param message what happened and what the operator can do about it
     * @param cause what the engine said
     */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * The failure to find a store where there was one.
     *
     * <p>An empty one in its place would look like one that lost everything.
     *
     * @param place where it was, as people name it
     * @param traces what shows that it was there
     */
    public static StoreException lost(String place, List<Path> traces) {
        String shown = traces.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new StoreException(
                Kind.FOREIGN,
                place
                        + " holds no store, but it did, as is seen by "
                        + shown
                        + ". Put it back, or move away what is left of it and run: rocket restore"
                        + " latest. To begin with an empty one, move all of these away.");
    }

    /** What failed. */
    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later. */
    public boolean mayRetry() {
        return kind.mayRetry;
    }

    /** How long a caller should wait before a retry. */
    public Duration retryAfter() {
        return Duration.ofSeconds(kind == Kind.OVERLOADED ? 1 : 5);
    }
}
