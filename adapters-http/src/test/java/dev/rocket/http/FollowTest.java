package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.usecase.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Followers miss nothing and hear nothing twice.
 *
 * <p>Writers go on without a pause while followers drop their connections at random places and
 * resume from the last place they heard of; what each heard, put together, must be the feed itself.
 * With a filter, what a follower has put together must be what the same filter lists.
 */
final class FollowTest {

    private static final int WRITES = 600;
    private static final Caller WRITER = Caller.system("writer");

    private static long seed() {
        Long given = Long.getLong("rocket.seed");
        return given != null ? given : System.nanoTime();
    }

    /** Creates, edits and deletes tasks at random, all in one project or another. */
    private static void write(TestServer server, Random random, int writes) {
        List<Task.Id> tasks = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            int dice = tasks.isEmpty() ? 0 : random.nextInt(10);
            if (dice < 4) {
                TaskEdit fresh = edit(random, i);
                tasks.add((Task.Id) server.useCases.tasks().create(WRITER, fresh).image().id());
            } else if (dice < 9) {
                Task.Id id = tasks.get(random.nextInt(tasks.size()));
                server.useCases.tasks().edit(WRITER, id, Optional.empty(), edit(random, i));
            } else {
                Task.Id id = tasks.remove(random.nextInt(tasks.size()));
                server.useCases.tasks().delete(WRITER, id, Optional.empty());
            }
        }
    }

    private static TaskEdit edit(Random random, int number) {
        String word = List.of("oats", "milk", "rye").get(random.nextInt(3));
        Status status = List.of(Status.values()).get(random.nextInt(4));
        return new TaskEdit(
                List.of(
                        new TaskEdit.Title("Buy " + word + " " + number),
                        new TaskEdit.State(status)));
    }

    @Test
    void a_socket_that_drops_and_resumes_at_random_hears_each_change_once_and_in_order()
            throws InterruptedException {
        long seed = seed();
        try (TestServer server = TestServer.plain()) {
            Seq start = server.store.head();
            Thread writer = Thread.ofVirtual().start(() -> write(server, new Random(seed), WRITES));
            Random random = new Random(seed + 1);
            List<Long> heard = new ArrayList<>();
            long last = start.value();
            int drops = 0;
            while (heard.size() < WRITES) {
                try (Socket socket = Socket.open(server)) {
                    socket.subscribe(",\"after\":" + last);
                    int until = Math.min(WRITES, heard.size() + 1 + random.nextInt(60));
                    while (heard.size() < until) {
                        last = seq(socket.next("change"));
                        heard.add(last);
                    }
                    drops++;
                }
            }
            writer.join();
            List<Long> feed =
                    LongStream.rangeClosed(start.value() + 1, server.store.head().value())
                            .boxed()
                            .toList();
            assertEquals(feed, heard, "seed " + seed + ", drops " + drops);
            assertTrue(drops > 5, "seed " + seed);
        }
    }

    @Test
    void what_a_filter_shows_adds_up_to_what_it_lists() throws InterruptedException {
        long seed = seed();
        List<String> filters =
                List.of(
                        "{\"status\":[\"open\",\"in_progress\"]}",
                        "{\"q\":\"oats\"}",
                        "{\"status\":[\"done\"],\"q\":\"buy mil*\"}",
                        "{}");
        List<String> lists =
                List.of("status=open,in_progress", "q=oats", "status=done&q=buy%20mil*", "limit=1");
        try (TestServer server = TestServer.plain();
                Socket socket = Socket.open(server)) {
            subscribe(socket, filters);
            Thread writer = Thread.ofVirtual().start(() -> write(server, new Random(seed), WRITES));
            List<Map<String, Object>> shown = new ArrayList<>();
            for (int i = 0; i < filters.size(); i++) {
                shown.add(new TreeMap<>());
            }
            writer.join();
            long end = server.store.head().value();
            for (long seq = 0; seq < end; ) {
                seq = apply(socket.next(), shown);
            }
            // The last change may have left another filter; what is queued of it, is queued by now.
            socket.say("{\"type\":\"ping\"}");
            for (Map<String, Object> more = socket.next();
                    !"pong".equals(more.get("type"));
                    more = socket.next()) {
                apply(more, shown);
            }
            for (int i = 0; i < filters.size(); i++) {
                assertEquals(
                        listed(server, lists.get(i)),
                        shown.get(i),
                        filters.get(i) + " seed " + seed);
            }
        }
    }

    private static void subscribe(Socket socket, List<String> filters) {
        for (int i = 0; i < filters.size(); i++) {
            String id = "\"id\":\"f" + i + "\"";
            socket.say("{\"type\":\"subscribe\"," + id + ",\"filter\":" + filters.get(i) + "}");
            socket.next("subscribed");
        }
    }

    /** Applies a message to what each subscription shows; the place it speaks of. */
    private static long apply(Map<String, Object> message, List<Map<String, Object>> shown) {
        boolean left = "left".equals(message.get("type"));
        Map<String, Object> change = left ? message : object(message, "change");
        String id = (String) change.get("id");
        for (Object name : list(message, "subscriptions")) {
            Map<String, Object> tasks = shown.get(((String) name).charAt(1) - '0');
            if (left || change.containsKey("deleted")) {
                assertTrue(tasks.containsKey(id) || !left, "left without having been there");
                tasks.remove(id);
            } else {
                tasks.put(id, object(change, "image"));
            }
        }
        return number(change, "seq");
    }

    private static Map<String, Object> listed(TestServer server, String query) {
        Map<String, Object> tasks = new TreeMap<>();
        String after = "";
        while (true) {
            Map<String, Object> page = Json.object(server.get("/v1/tasks?" + query + after).body());
            for (Object item : list(page, "items")) {
                @SuppressWarnings("unchecked")
                Map<String, Object> task = (Map<String, Object>) item;
                tasks.put((String) task.get("id"), task);
            }
            if (!page.containsKey("next")) {
                return tasks;
            }
            after = "&after=" + page.get("next");
        }
    }

    @Test
    void long_polls_that_resume_hear_each_change_once() throws InterruptedException {
        long seed = seed();
        try (TestServer server = TestServer.plain()) {
            Seq start = server.store.head();
            Thread writer = Thread.ofVirtual().start(() -> write(server, new Random(seed), 200));
            List<Object> heard = new ArrayList<>();
            long at = start.value();
            while (heard.size() < 200) {
                Map<String, Object> page =
                        Json.object(server.get("/v1/changes?wait=20&limit=7&after=" + at).body());
                for (Object change : list(page, "changes")) {
                    heard.add(((Map<?, ?>) change).get("seq"));
                }
                at = number(page, "next");
            }
            writer.join();
            assertEquals(
                    LongStream.rangeClosed(start.value() + 1, start.value() + 200)
                            .boxed()
                            .map(Object.class::cast)
                            .toList(),
                    heard,
                    "seed " + seed);
            assertEquals(200, server.get("/v1/changes?after=" + at).statusCode());
        }
    }

    @Test
    void an_event_stream_resumes_behind_the_last_event() {
        try (TestServer server = TestServer.plain()) {
            write(server, new Random(1), 30);
            long head = server.store.head().value();
            Map<Long, String> first = new LinkedHashMap<>();
            try (Events events = Events.open(server, "?after=" + (head - 30), "")) {
                for (int i = 0; i < 10; i++) {
                    Events.Event event = events.next("change");
                    first.put(event.id(), event.data());
                }
            }
            long last = first.keySet().stream().max(Long::compare).orElseThrow();
            assertEquals(head - 20, last);
            try (Events events = Events.open(server, "", Long.toString(last))) {
                for (long seq = last + 1; seq <= head; seq++) {
                    Events.Event event = events.next("change");
                    assertEquals(seq, event.id());
                    assertEquals(seq, Json.object(event.data()).get("seq"));
                }
                write(server, new Random(2), 1);
                assertEquals(head + 1, events.next("change").id());
                server.adapter.close();
                Events.Event bye = events.next("bye");
                assertEquals(head + 1, Json.object(bye.data()).get("seq"));
                assertFalse(events.hasMore());
            }
        }
    }

    private static long seq(Map<String, Object> message) {
        return number(object(message, "change"), "seq");
    }

    private static long number(Map<String, Object> parent, String name) {
        return ((Number) parent.getOrDefault(name, -1L)).longValue();
    }

    private static List<?> list(Map<String, Object> parent, String name) {
        return (List<?>) parent.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.getOrDefault(name, Map.of());
    }
}
