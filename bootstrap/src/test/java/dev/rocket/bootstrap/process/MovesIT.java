package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server acknowledged outlives moves of its store, and {@code kill -9} amid them.
 *
 * <p>Method: rounds. In each, eight clients create, edit, delete and send batches, and note in a
 * ledger what they attempt and what is acknowledged, while the store is moved between a file and
 * Postgres, in turn; a socket follows the feed through the move. In half the rounds the process
 * gets SIGKILL after a random number of acknowledgements, wherever the move then is; in the others
 * once the move is over and more was acknowledged in the new place.
 *
 * <p>A new process is started where the last one began. Either it serves, or it names the place
 * that is in charge, and is started there. It must then show each acknowledged write at exactly the
 * acknowledged revision; each other one wholly or not at all; and no task twice after every keyed
 * creation is sent again. Its feed must hold each acknowledged write, and what the socket heard,
 * change by change, without one between. An answer that is neither success nor the process's end is
 * a fault: no client may notice a move. At last {@code rocket verify} compares the store with its
 * feed.
 *
 * <p>{@code -Drocket.moves} and {@code -Drocket.moves.seed} make it longer, or the same.
 */
class MovesIT {

    private static final int MOVES = Integer.getInteger("rocket.moves", 2);
    private static final long SEED = Long.getLong("rocket.moves.seed", System.nanoTime());
    private static final int LEAST = 50;
    private static final int MOST = 400;
    private static final Duration PAUSE = Duration.ofMillis(30);
    private static final int AFTERWARDS = 200;
    private static final long LOOK_NANOS = 20_000_000;

    @TempDir Path folder;

    private final Ledger ledger = new Ledger();
    private final List<Place> feed = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<String> frozen = new ArrayList<>();
    private int places;
    private int killed;
    private int heard;

    /** A move that is under way, as a client sees it. */
    private static final class Watched {

        private final Api api;
        private final Ledger ledger;
        private volatile Map<String, Object> end = Map.of();

        Watched(Api api, Ledger ledger) {
            this.api = api;
            this.ledger = ledger;
        }

        void run(String to) {
            try {
                HttpResponse<String> begun =
                        api.send("POST", "/v1/migration", "{\"to\":\"" + to + "\"}");
                if (begun.statusCode() != 202) {
                    ledger.odd("migration: " + begun.statusCode() + " " + begun.body());
                }
                String phase = "preflight";
                while (!List.of("done", "failed", "aborted", "idle").contains(phase)) {
                    LockSupport.parkNanos(LOOK_NANOS);
                    Map<String, Object> now =
                            JsonTree.parse(api.send("GET", "/v1/migration", "").body());
                    phase = JsonTree.text(now, "phase");
                    end = now;
                }
                if (!phase.equals("done")) {
                    ledger.odd("migration: " + JsonTree.text(end, "detail"));
                }
            } catch (IOException e) {
                // The process was killed amid the move.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Map<String, String> settings(String place) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN);
        settings.put("ROCKET_RATE_LIMIT", "off");
        boolean isFile = place.startsWith("/");
        settings.put(isFile ? "ROCKET_DB_PATH" : "ROCKET_DATABASE_URL", place);
        return settings;
    }

    /** With the address of the other place, which a crash between two marks may call for. */
    private RunningRocket start(String place, String other) throws Exception {
        Map<String, String> settings = settings(place);
        settings.put("ROCKET_TARGET_URL", other);
        return RunningRocket.start(folder, settings);
    }

    private String fresh(String here) {
        return here.startsWith("/")
                ? PostgresServer.fresh()
                : folder.resolve("tasks-" + places++ + ".db").toString();
    }

    @Test
    void no_write_is_lost_and_none_is_doubled_by_moves_and_kills() throws Exception {
        Writers writers = new Writers(ledger, random.nextLong(), PAUSE);
        String here = folder.resolve("first.db").toString();
        String to = fresh(here);
        int moves = 0;
        for (int round = 0; moves < MOVES; round++) {
            String name = "round " + round + ", " + here + " to " + to + ", seed " + SEED;
            assertTrue(round < 5 * MOVES, "no move ends, " + name);
            List<Place> told = move(writers, here, to);
            heard += told.size();
            boolean moved = !serves(here, to);
            String now = moved ? to : here;
            try (RunningRocket rocket = start(now, moved ? here : to)) {
                Api api = Api.of(rocket);
                assertNone(ledger.check(api.tasks()), name);
                assertNone(CrashIT.repeat(api, ledger), name);
                assertNone(ledger.check(api.tasks()), name + ", repeated");
                assertNone(follow(api, told), name);
                assertEquals(0, rocket.stop(), rocket.said());
            }
            Result verify = Distribution.run(folder, settings(now), "verify");
            assertEquals(0, verify.exit(), name + verify.out() + verify.err());
            if (moved) {
                moves++;
                here = to;
                to = fresh(here);
            }
        }
        System.out.println(summary(moves));
        assertTrue(heard > 0, "the socket heard nothing");
    }

    private String summary(int moves) {
        return "MovesIT: "
                + moves
                + " moves, "
                + killed
                + " kills amid one, "
                + ledger.acknowledged()
                + " writes acknowledged and there, "
                + (ledger.applied() + ledger.notApplied())
                + " not acknowledged ("
                + ledger.applied()
                + " applied), "
                + heard
                + " changes heard, writes waited "
                + frozen
                + " ms in attempts, seed "
                + SEED;
    }

    private static void assertNone(List<String> wrong, String message) {
        assertEquals(List.of(), wrong, message);
    }

    /** Writes and moves, and kills the server in the middle of it; what the socket heard. */
    private List<Place> move(Writers writers, String here, String to) throws Exception {
        try (RunningRocket rocket = start(here, to)) {
            Follower follower = Follower.open(rocket, feed.isEmpty() ? 0 : feed.getLast().seq());
            Api api = Api.of(rocket);
            Watched watched = new Watched(api, ledger);
            Process process = rocket.process();
            boolean isCalm = random.nextBoolean();
            int enough = ledger.acknowledged() + random.nextInt(LEAST, MOST);
            Thread mover = Thread.ofPlatform().start(() -> watched.run(to));
            Runnable end = isCalm ? () -> settle(mover, process) : process::destroyForcibly;
            writers.write(api, enough, end);
            mover.join();
            assertEquals(Follower.CUT, follower.awaitEnd());
            assertNone(follower.odd(), "messages on the socket");
            if (JsonTree.text(watched.end, "phase").equals("done")) {
                String attempts = JsonTree.text(watched.end, "freezes");
                frozen.add(JsonTree.text(watched.end, "frozenMillis") + " in " + attempts);
                long last = follower.heard().getLast().seq();
                long moved = Long.parseLong(JsonTree.text(watched.end, "at"));
                assertTrue(!isCalm || last > moved, "the socket heard nothing after the move");
            } else {
                killed++;
            }
            return follower.heard();
        }
    }

    /** Lets the move end and some more be written, and kills the server. */
    private void settle(Thread mover, Process process) {
        try {
            mover.join();
            int enough = ledger.acknowledged() + AFTERWARDS;
            while (process.isAlive() && ledger.acknowledged() < enough) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Whether a server starts on a place; when not, it must name the other place. */
    private boolean serves(String here, String to) throws Exception {
        try (RunningRocket rocket = start(here, to)) {
            assertEquals(0, rocket.stop(), rocket.said());
            return true;
        } catch (IOException e) {
            String name = to.startsWith("/") ? to : to.substring(to.indexOf('@') + 1);
            String said = e.toString();
            assertTrue(said.contains(" was moved to ") && said.contains(name), said);
            return false;
        }
    }

    /** Reads the feed on from where it ended; what is wrong with it. */
    private List<String> follow(Api api, List<Place> told)
            throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        long at = feed.isEmpty() ? 0 : feed.getLast().seq();
        List<Place> more = api.changes(at);
        if (more.size() < told.size() || !more.subList(0, told.size()).equals(told)) {
            wrong.add("the socket heard " + told + ", and the feed is " + more);
        }
        for (Place place : more) {
            if (place.seq() <= at) {
                wrong.add(place.id() + ": comes at " + place.seq() + " behind " + at);
            }
            at = place.seq();
        }
        wrong.addAll(ledger.missing(more));
        ledger.turnPage();
        feed.addAll(more);
        return wrong;
    }
}
