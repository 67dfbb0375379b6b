package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One server follows another on one socket, and no client notices.
 *
 * <p>Goal: nobody is refused, no request fails, no acknowledged write is missing, and sockets that
 * resume where they were told hear every change once. Method: clients that never try again write as
 * fast as they are answered, on connections that they keep and on new ones, while the server is
 * restarted three times; what they were told is compared with the feed.
 */
class HandoverIT {

    private static final int CLIENTS = 8;
    private static final int FOLLOWERS = 3;
    private static final int RESTARTS = 3;
    private static final int MORE = 200;
    private static final String SIGN = "notice WATCHDOG=1";
    private static final String TROUBLE = "notice STATUS=";

    @TempDir Path folder;

    private final Semaphore answered = new Semaphore(0);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private static Map<String, String> settings() {
        return Map.of("ROCKET_ADMIN_TOKEN", RunningRocket.TOKEN, "ROCKET_RATE_LIMIT", "off");
    }

    @Test
    void three_restarts_lose_no_request_and_no_change() throws Exception {
        try (ServiceManager manager = ServiceManager.start(folder, settings())) {
            Api api = new Api(http, manager.url());
            List<Thread> writers = startWriters(manager);
            List<Queue<Long>> heard = new ArrayList<>();
            List<Thread> followers = new ArrayList<>();
            for (int i = 0; i < FOLLOWERS; i++) {
                Queue<Long> places = new ConcurrentLinkedQueue<>();
                heard.add(places);
                followers.add(Thread.ofVirtual().start(() -> follow(api, places)));
            }
            for (int i = 0; i < RESTARTS; i++) {
                awaitMore();
                manager.restart();
            }
            awaitMore();
            over.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            assertEquals(List.of(), List.copyOf(failures), manager.log());

            List<Place> feed = api.changes(0);
            Set<String> there = new TreeSet<>();
            feed.forEach(place -> there.add(place.id()));
            assertTrue(there.containsAll(acknowledged), "an acknowledged write is missing");
            last.set(feed.getLast().seq());
            manager.restart();
            for (Thread follower : followers) {
                follower.join();
            }
            assertEquals(List.of(), List.copyOf(failures), manager.log());
            List<Long> all = feed.stream().map(Place::seq).toList();
            for (Queue<Long> places : heard) {
                assertEquals(all, List.copyOf(places));
            }
        }
    }

    private List<Thread> startWriters(ServiceManager manager) {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            PlainClient client = new PlainClient(manager.url(), i % 2 == 0);
            writers.add(Thread.ofVirtual().start(() -> write(client)));
        }
        return writers;
    }

    private void write(PlainClient client) {
        try (client) {
            for (int i = 0; !over.get(); i++) {
                acknowledged.add(RunningRocket.member(client.create("Task " + i), "id"));
                answered.release();
            }
        } catch (Exception e) {
            fail("a request failed: " + e);
        }
    }

    /** Follows the feed from its start, and resumes wherever a server says that it stops. */
    private void follow(Api api, Queue<Long> places) {
        try {
            long after = 0;
            while (after < last.get()) {
                Follower follower = Follower.open(api, after, last.get());
                if (last.get() == Long.MAX_VALUE) {
                    follower.awaitEnd();
                    after = follower.bye();
                } else {
                    follower.awaitLast();
                    after = last.get();
                }
                follower.heard().forEach(place -> places.add(place.seq()));
            }
        } catch (Exception e) {
            fail("a socket failed: " + e);
        }
    }

    private void awaitMore() throws InterruptedException {
        answered.drainPermits();
        assertTrue(answered.tryAcquire(MORE, 60, TimeUnit.SECONDS), "hardly an answer");
        assertEquals(List.of(), List.copyOf(failures));
    }

    private void fail(String what) {
        failures.add(what);
        answered.release(MORE);
    }

    private static long signs(ServiceManager manager) {
        return manager.said().stream().filter(line -> line.startsWith(SIGN)).count();
    }

    /** As long as writes fail a supervisor hears why, and no sign of life that keeps it waiting. */
    @Test
    void no_sign_of_life_goes_out_while_writes_fail() throws Exception {
        Path away = folder.resolve("away.db");
        try (ServiceManager manager = ServiceManager.start(folder, settings())) {
            manager.await(SIGN);
            Files.move(folder.resolve("rocket.db"), away);
            String told = manager.await(TROUBLE);
            assertTrue(told.contains("was deleted underneath the server"), told);
            long before = signs(manager);
            for (int i = 0; i < 4; i++) {
                manager.await(TROUBLE);
            }
            assertEquals(before, signs(manager), manager.said().toString());
            Files.move(away, folder.resolve("rocket.db"));
            manager.await(SIGN);
        }
    }

    @Test
    void a_service_manager_hears_of_readiness_life_and_stopping() throws Exception {
        ServiceManager manager = ServiceManager.start(folder, settings());
        try (manager) {
            manager.await(SIGN);
            manager.await(SIGN);
        }
        manager.await("notice STOPPING=1");
        assertTrue(manager.said().contains("ended 0"), manager.log());
        String ready = "notice READY=1 | STATUS=Ready: " + manager.url();
        assertTrue(manager.said().contains(ready), manager.said().toString());
    }
}
