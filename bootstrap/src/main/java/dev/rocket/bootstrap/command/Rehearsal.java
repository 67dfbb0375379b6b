package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.bench.TrialServer;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.Token;
import dev.rocket.core.operation.DrillRestore;
import dev.rocket.core.operation.DrillRestore.Tried;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The use of a restored database through a server of its own.
 *
 * <p>That server is another process, on a free port of the loopback address, and ends with this one
 * however this one ends. What it is asked takes minutes at most.
 */
public final class Rehearsal {

    private final Path database;
    private final Runnable checkpoint;
    private final List<Tried> tried = new ArrayList<>();
    private long at = System.nanoTime();

    private Rehearsal(Path database, Runnable checkpoint) {
        this.database = database;
        this.checkpoint = checkpoint;
    }

    /** What a drill takes beside the backups. */
    public static DrillRestore.Stage stage() {
        return new DrillRestore.Stage(
                Rehearsal::trial, (report, folder) -> new DrillReport(report).write(folder));
    }

    /** Serves a database and uses it; each step with its time. */
    static DrillRestore.Trial trial(Runnable checkpoint) {
        return database -> new Rehearsal(database, checkpoint).use();
    }

    private List<Tried> use() throws IOException {
        String secret = token();
        try (TrialServer server = TrialServer.start(database);
                Remote remote = new Remote(server.url(), secret)) {
            tell("a server starts on it", Optional.empty());
            RoundTrip.make(remote, this::tell);
        }
        return tried;
    }

    private void tell(String step, Optional<String> failure) {
        long now = System.nanoTime();
        tried.add(new Tried(step, Duration.ofNanos(now - at), failure));
        at = now;
        checkpoint.run();
    }

    /** A token for the round trip, in the copy alone. */
    private String token() {
        try (Store store = Wiring.opened(database)) {
            ManageTokens tokens = Wiring.useCases(store).tokens();
            Set<Token.Scope> scopes = Set.of(Token.Scope.WRITE);
            ManageTokens.Wish wish = new ManageTokens.Wish("drill", scopes, Optional.empty());
            return tokens.create(Caller.system("drill"), wish).secret();
        }
    }
}
