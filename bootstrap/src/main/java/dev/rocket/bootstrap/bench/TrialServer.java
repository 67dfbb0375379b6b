package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server of this program, tried on a database of its own. */
public final class TrialServer implements AutoCloseable {

    private final ServerProcess process;

    private TrialServer(ServerProcess process) {
        this.process = process;
    }

    /**
     * Starts it on the loopback address and waits for its first answer.
     *
     * @throws IOException when it does not come up within half a minute
     */
    public static TrialServer start(Path database) throws IOException {
        Path folder = database.toAbsolutePath().resolveSibling(".").normalize();
        // What was missed would be made up for at once, in a copy that is about to go.
        Map<String, String> settings =
                Map.of(
                        "ROCKET_DB_PATH",
                        database.toString(),
                        "ROCKET_BENCH",
                        "off",
                        "ROCKET_MAINTENANCE",
                        "off");
        // It must not stay behind when this process is killed.
        List<String> words = List.of("serve", "--until-eof");
        return new TrialServer(ServerProcess.start(folder, settings, words));
    }

    /** Its address. */
    public String url() {
        return process.uri("").toString();
    }

    @Override
    public void close() {
        process.close();
    }
}
