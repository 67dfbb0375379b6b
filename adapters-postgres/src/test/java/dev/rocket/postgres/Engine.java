package dev.rocket.postgres;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How tests get a real Postgres: in a container where an engine runs, else as a process.
 *
 * <p>{@link #CHOICE} may say which. None at all is a failure, and nothing is skipped.
 */
final class Engine {

    /** The environment variable that says {@code container} or {@code process}. */
    static final String CHOICE = "ROCKET_TEST_POSTGRES";

    /** What is told when there is none, in one line. */
    static final String NONE =
            "No Postgres for the tests: start a container engine such as Docker, or set "
                    + CHOICE
                    + "=process to run the one that Maven fetches for Linux, macOS and Windows.";

    private Engine() {}

    /** Starts a server. */
    interface Way {

        /** The port on this machine at which it answers. */
        int start() throws Exception;
    }

    /**
     * Starts a server in the way that is asked for, or that fits this machine.
     *
     * @param asked what the environment says
     * @param engine whether a container engine runs here
     */
    static int start(Optional<String> asked, BooleanSupplier engine, Way container, Way process) {
        Way way =
                switch (asked.orElse("")) {
                    case "container" -> container;
                    case "process" -> process;
                    case "" -> engine.getAsBoolean() ? container : process;
                    default ->
                            throw new IllegalArgumentException(
                                    CHOICE + " must be container or process: " + asked.get());
                };
        try {
            return way.start();
        } catch (Exception e) {
            throw new IllegalStateException(NONE, e);
        }
    }
}
