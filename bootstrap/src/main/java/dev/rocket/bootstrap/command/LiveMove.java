package dev.rocket.bootstrap.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The move of a running server's store, followed from outside.
 *
 * <p>The server goes on with it whatever becomes of the command that asked for it.
 */
final class LiveMove {

    /** Where a server tells of moves, and is asked for them. */
    static final String PLACE = "/v1/migration";

    private static final long FIRST_LOOK_MILLIS = 200;

    /** Each look counts against the client's quota, of which so seldom a look leaves a part. */
    private static final long LONGEST_LOOK_MILLIS = 3_000;

    private final Remote remote;
    private final String url;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * Follows a server.
     *
     * @param url as the operator gave it, to be told in remedies
     */
    LiveMove(Remote remote, String url, CommandLine line) {
        this.remote = remote;
        this.url = url;
        this.out = line.getOut();
        this.err = line.getErr();
    }

    /**
     * Begins a move and follows it to its end.
     *
     * @param wish as the server wants it
     * @return the end; empty when it failed or was aborted
     */
    Optional<MoveView> run(String wish, boolean isDry) throws IOException {
        remote.ask("POST", PLACE, Optional.of(wish));
        Thread farewell = new Thread(() -> say(err, "\nThe server goes on with it. " + ways()));
        Runtime.getRuntime().addShutdownHook(farewell);
        MoveView end;
        try {
            end = followed();
        } finally {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
        if (!end.phase().equals("done")) {
            say(out, ended(end));
            return Optional.empty();
        }
        say(out, isDry ? "The plan:" : "Moved: the store is " + end.text("detail") + ".");
        if (!isDry) {
            say(out, "Start the server the next time with:");
        }
        end.plan().forEach(line -> say(out, "  " + line));
        if (isDry) {
            say(out, "Nothing was copied. Leave out --dry-run to do it.");
        } else if (!end.text("following").isEmpty()) {
            say(out, "The former store follows: " + end.text("following") + ".");
            say(out, "The way back: rocket migrate --url " + url + " --back");
        }
        return Optional.of(end);
    }

    private String ended(MoveView end) {
        return switch (end.phase()) {
            case "aborted" -> "Aborted: " + end.text("detail") + ".";
            case "failed" -> "Failed: " + end.text("detail") + "\nThe store is where it was.";
            default ->
                    "The server was started anew, which ended the move; the store is at "
                            + end.text("here")
                            + ". Begin again, and the copy is gone on with.";
        };
    }

    private String ways() {
        return "Look: rocket migrate status --url "
                + url
                + "\nAbort: rocket migrate abort --url "
                + url;
    }

    private MoveView followed() throws IOException {
        long pause = FIRST_LOOK_MILLIS;
        try (PhaseProgress progress = new PhaseProgress(err, System::nanoTime)) {
            while (true) {
                MoveView now = MoveView.parse(remote.ask("GET", PLACE, Optional.empty()));
                progress.show(now);
                if (now.isOver()) {
                    return now;
                }
                rest(pause);
                pause = Math.min(pause + pause / 4, LONGEST_LOOK_MILLIS);
            }
        } catch (IOException e) {
            String told = e.getMessage() + "\nThe move may go on. " + ways();
            throw new IOException(told, e);
        }
    }

    private static void rest(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void say(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }

    /** Whether somebody at a terminal says yes; false where there is none. */
    static boolean agrees(PrintWriter err, String question) throws IOException {
        if (!Boolean.getBoolean("rocket.terminal")) {
            return false;
        }
        err.print(question + " [y/N] ");
        err.flush();
        String answer =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
