package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server acknowledged outlives {@code kill -9}, and what it did not is whole or absent.
 *
 * <p>Method: rounds on one database. In each, eight clients create, edit, delete and send batches,
 * and note in a ledger what they attempt and what is acknowledged; a socket follows the feed from
 * where it last was. After a random number of acknowledgements the process gets SIGKILL from the
 * thread that got the last of them, while the others are in the middle of requests. In half the
 * rounds that last one is for a deletion with 300 subtasks, whose commit takes long enough for an
 * acknowledgement that came before it to be caught.
 *
 * <p>A new process on the same file must then show each acknowledged write at exactly the
 * acknowledged revision; each other one wholly or not at all, title with priority, an atomic batch
 * as one, a deletion with its subtasks; nothing that nobody wrote; and no task twice after every
 * keyed creation is sent again. Its feed must go on without a gap, hold each acknowledged write,
 * and hold what the socket heard, place by place. At last {@code rocket verify} compares the store
 * with its feed.
 *
 * <p>The kernel outlives such a crash, so this says nothing about a loss of power.
 *
 * <p>{@code -Drocket.crash.rounds} and {@code -Drocket.crash.seed} make it longer, or the same.
 */
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("rocket.crash.rounds", 5);
    private static final long SEED = Long.getLong("rocket.crash.seed", System.nanoTime());
    private static final int LEAST = 300;
    private static final int MOST = 800;

    @TempDir Path folder;

    private final Ledger ledger = new Ledger();
    private final List<Place> feed = new ArrayList<>();
    private int heard;

    @Test
    void what_was_acknowledged_outlives_being_killed() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Writers writers = new Writers(ledger, random.nextLong());
        for (int round = 0; round < ROUNDS; round++) {
            String name = "round " + round + ", seed " + SEED;
            List<Place> told = crash(writers, random.nextInt(LEAST, MOST));
            heard += told.size();
            try (RunningRocket rocket = RunningRocket.start(folder)) {
                Api api = Api.of(rocket);
                assertNone(ledger.check(api.tasks()), name);
                assertNone(repeat(api, ledger), name);
                assertNone(ledger.check(api.tasks()), name + ", repeated");
                assertNone(follow(api, told), name);
                assertEquals(0, rocket.stop(), rocket.said());
            }
            Result verify = Distribution.run(folder, Map.of(), "verify");
            assertEquals(0, verify.exit(), name + verify.out() + verify.err());
        }
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            assertEquals(feed, Api.of(rocket).changes(0), "the feed was rewritten, seed " + SEED);
        }
        System.out.println(summary());
        assertTrue(ledger.applied() + ledger.notApplied() > 0, "no crash met a request");
        assertTrue(heard > 0, "the socket heard nothing");
    }

    private String summary() {
        return "CrashIT: "
                + ROUNDS
                + " rounds, "
                + ledger.acknowledged()
                + " writes acknowledged and there, "
                + (ledger.applied() + ledger.notApplied())
                + " not acknowledged ("
                + ledger.applied()
                + " applied, "
                + ledger.notApplied()
                + " not), "
                + heard
                + " changes heard, seed "
                + SEED;
    }

    private static void assertNone(List<String> wrong, String message) {
        assertEquals(List.of(), wrong, message);
    }

    /** Writes, and kills the server in the middle of it; what the socket heard. */
    private List<Place> crash(Writers writers, int acknowledgements) throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Follower follower = Follower.open(rocket, feed.isEmpty() ? 0 : feed.getLast().seq());
            int enough = ledger.acknowledged() + acknowledgements;
            Process process = rocket.process();
            writers.write(Api.of(rocket), enough, process::destroyForcibly);
            assertEquals(Follower.CUT, follower.awaitEnd());
            assertNone(follower.odd(), "messages on the socket");
            return follower.heard();
        }
    }

    /** Sends every keyed creation again; each that is answered otherwise than the first time. */
    static List<String> repeat(Api api, Ledger ledger) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Line line : ledger.keyed()) {
            String known = line.id();
            Line.State was = line.was();
            HttpResponse<String> answer = Writers.createOnce(api, line);
            line.withdraw();
            if (answer.statusCode() != 201) {
                wrong.add(line.stem() + ": " + answer.statusCode() + " " + answer.body());
                continue;
            }
            String id = RunningRocket.member(answer.body(), "id");
            if (known.isEmpty()) {
                line.settle(id, Line.State.NEW);
            } else if (!known.equals(id)) {
                wrong.add(known + ": repeated, it is " + id + ", and was " + was);
            }
        }
        return wrong;
    }

    /** Reads the feed on from where it ended; what is wrong with it. */
    private List<String> follow(Api api, List<Place> told)
            throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        long at = feed.isEmpty() ? 0 : feed.getLast().seq();
        List<Place> more = api.changes(at);
        Map<Long, Place> places = new HashMap<>();
        for (Place place : more) {
            // The first change is the admin token's, which followers are not shown.
            if (place.seq() != at + 1 && at != 0) {
                wrong.add(place.id() + ": comes at " + place.seq() + " behind " + at);
            }
            at = place.seq();
            places.put(at, place);
        }
        for (Place place : told) {
            if (!place.equals(places.get(place.seq()))) {
                wrong.add(place.id() + ": heard " + place + ", now " + places.get(place.seq()));
            }
        }
        for (int i = 1; i < told.size(); i++) {
            if (told.get(i).seq() != told.get(i - 1).seq() + 1) {
                wrong.add(told.get(i).id() + ": heard out of turn, " + told.get(i));
            }
        }
        wrong.addAll(ledger.missing(more));
        ledger.turnPage();
        feed.addAll(more);
        return wrong;
    }

    @Test
    void a_write_that_is_lost_is_reported() throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Api api = Api.of(rocket);
            Line kept = created(api, "kept");
            Line lost = created(api, "lost");
            assertNone(ledger.check(api.tasks()), "before");
            assertNone(ledger.missing(api.changes(0)), "before");
            assertEquals(204, api.send("DELETE", "/v1/tasks/" + lost.id(), "").statusCode());
            List<String> wrong = ledger.check(api.tasks());
            assertEquals(1, wrong.size(), wrong.toString());
            assertTrue(wrong.getFirst().startsWith(lost.id() + ": was "), wrong.toString());
            List<Place> cut =
                    api.changes(0).stream().filter(p -> !p.id().equals(kept.id())).toList();
            List<String> missing = ledger.missing(cut);
            assertEquals(1, missing.size(), missing.toString());
            assertTrue(missing.getFirst().startsWith(kept.id()), missing.toString());
        }
    }

    @Test
    void half_an_edit_a_copy_and_a_part_of_a_batch_are_reported() throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Api api = Api.of(rocket);
            Line half = created(api, "half");
            half.attempt(half.was().edited());
            String title = "{\"title\":\"half v1\"}";
            assertEquals(200, api.send("PATCH", "/v1/tasks/" + half.id(), title).statusCode());
            assertReported(api, half.id() + ": half an edit");
            String all = half.attempt(half.was().edited());
            assertEquals(200, api.send("PATCH", "/v1/tasks/" + half.id(), all).statusCode());
            assertReported(api, half.id() + ": was ");
            Line part = ledger.add(new Line("one", "group", ""));
            ledger.add(new Line("two", "group", "")).attempt(Line.State.NEW);
            String first = part.attempt(Line.State.NEW);
            assertEquals(201, api.send("POST", "/v1/tasks", first).statusCode());
            assertReported(api, "group: only a part");
            assertEquals(201, api.send("POST", "/v1/tasks", first).statusCode());
            assertReported(api, "once more");
        }
    }

    private void assertReported(Api api, String what) throws IOException, InterruptedException {
        List<String> wrong = ledger.check(api.tasks());
        assertTrue(wrong.stream().anyMatch(w -> w.contains(what)), what + " in " + wrong);
    }

    private Line created(Api api, String stem) throws IOException, InterruptedException {
        Line line = ledger.add(new Line(stem, "", ""));
        HttpResponse<String> answer = api.send("POST", "/v1/tasks", line.attempt(Line.State.NEW));
        ledger.acknowledge(line, RunningRocket.member(answer.body(), "id"), 1);
        return line;
    }
}
