package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.RawClient.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is asked to stop under load lets nobody down.
 *
 * <p>Promised, from SIGTERM to the end of the process, whose exit code is 0: a request gets a whole
 * answer; or 503; or no connection; or, when its connection was closed before the server took it
 * up, not one byte, and then nothing was written. Never is an answer cut off. Each socket hears
 * every change up to the place that its {@code bye} names, none behind it, and is closed with 1001;
 * resuming behind that place shows each later change once.
 *
 * <p>Method: sixteen clients write without a pause over connections that report each byte, and
 * fifty sockets listen, when the process gets SIGTERM; the clients go on until they find no
 * connection. The next process on the same file is compared with their ledger, every socket resumes
 * there, and more is written.
 */
class DrainIT {

    private static final int CLIENTS = 16;
    private static final int SOCKETS = 50;
    private static final int BEFORE = 1_000;
    private static final int AFTER = 20;

    @TempDir Path folder;

    private final Ledger ledger = new Ledger();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();

    @Test
    void a_stop_under_load_lets_nobody_down() throws Exception {
        List<Follower> followers;
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            followers = follow(rocket);
            List<Thread> clients = clients(rocket);
            enough.await();
            assertEquals(0, rocket.stop(), rocket.said());
            for (Thread client : clients) {
                client.join();
            }
            for (Follower follower : followers) {
                assertEquals(1001, follower.awaitEnd());
            }
        }
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            Api api = Api.of(rocket);
            assertEquals(List.of(), ledger.check(api.tasks()));
            assertEquals(0, ledger.applied(), "written, though the client was told nothing");
            List<Place> feed = api.changes(0);
            assertEquals(List.of(), ledger.missing(feed));
            for (Follower follower : followers) {
                assertHeardUpToBye(follower, feed);
            }
            assertResumed(rocket, followers, feed.getLast().seq() + AFTER);
        }
        System.out.println(
                "DrainIT: "
                        + ledger.acknowledged()
                        + " writes acknowledged and there, "
                        + unanswered
                        + " requests unanswered and not written, "
                        + unavailable
                        + " answered with 503");
    }

    private List<Follower> follow(RunningRocket rocket) throws Exception {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            followers.add(Follower.open(rocket, 0));
        }
        return followers;
    }

    private List<Thread> clients(RunningRocket rocket) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "c" + i;
            clients.add(Thread.ofPlatform().start(() -> write(rocket, name)));
        }
        return clients;
    }

    private void write(RunningRocket rocket, String name) {
        try (RawClient client = new RawClient(rocket.url())) {
            boolean goesOn = true;
            for (int i = 0; goesOn; i++) {
                Line line = ledger.add(new Line(name + "-" + i, "", ""));
                String body = line.attempt(Line.State.NEW);
                goesOn = note(line, client.post("/v1/tasks", body));
            }
        } catch (IOException | RuntimeException e) {
            ledger.odd(name + ": " + e);
            enough.countDown();
        }
    }

    /** Notes what came of a request; whether another is worth while. */
    private boolean note(Line line, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered(int status, String body) when status == 201 -> {
                if (ledger.acknowledge(line, RunningRocket.member(body, "id"), 1) >= BEFORE) {
                    enough.countDown();
                }
            }
            case Outcome.Answered(int status, String body) when status == 503 ->
                    unavailable.incrementAndGet();
            case Outcome.Unanswered() -> unanswered.incrementAndGet();
            case Outcome.Refused() -> {
                // Before it is asked to stop, a server refuses nobody.
                if (enough.getCount() > 0) {
                    ledger.odd(line.stem() + ": no connection");
                    enough.countDown();
                }
                return false;
            }
            case Outcome.Answered odd -> ledger.odd(line.stem() + ": " + odd);
            case Outcome.Cut cut -> ledger.odd(line.stem() + ": " + cut);
        }
        return true;
    }

    private static void assertHeardUpToBye(Follower follower, List<Place> feed) {
        assertTrue(follower.bye() > 0, "no bye");
        assertEquals(List.of(), follower.odd());
        List<Place> due = feed.stream().filter(p -> p.seq() <= follower.bye()).toList();
        assertEquals(due, follower.heard());
    }

    private static void assertResumed(RunningRocket rocket, List<Follower> old, long last)
            throws Exception {
        List<Follower> resumed = new ArrayList<>();
        for (Follower follower : old) {
            resumed.add(Follower.open(rocket, follower.bye(), last));
        }
        Api api = Api.of(rocket);
        for (int i = 0; i < AFTER; i++) {
            String task = "{\"title\":\"later " + i + "\"}";
            assertEquals(201, api.send("POST", "/v1/tasks", task).statusCode());
        }
        List<Place> feed = api.changes(0);
        assertEquals(last, feed.getLast().seq());
        for (int i = 0; i < resumed.size(); i++) {
            long bye = old.get(i).bye();
            List<Place> due = feed.stream().filter(p -> p.seq() > bye).toList();
            assertFalse(due.isEmpty());
            resumed.get(i).awaitLast();
            assertEquals(due, resumed.get(i).heard());
        }
    }
}
