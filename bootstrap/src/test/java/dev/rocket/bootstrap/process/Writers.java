package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that write all kinds of things at once, until their server goes away.
 *
 * <p>Each owns the tasks it made, so it knows the revision of each. Every request is noted in the
 * ledger before it is sent and after it was answered.
 */
final class Writers {

    private static final int THREADS = 8;
    private static final int BATCH = 3;
    private static final int FAMILY = 300;

    private final Ledger ledger;
    private final List<Writer> writers = new ArrayList<>();
    private final long pauseNanos;

    /** Writers that note in a ledger what they do; a seed decides what that is. */
    Writers(Ledger ledger, long seed) {
        this(ledger, seed, Duration.ZERO);
    }

    /** The same; each lets some time pass after each answer. */
    Writers(Ledger ledger, long seed, Duration pause) {
        this.ledger = ledger;
        this.pauseNanos = pause.toNanos();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < THREADS; i++) {
            writers.add(new Writer("w" + i, random.split()));
        }
    }

    /**
     * Lets all write until they cannot any more.
     *
     * <p>The one whose answer is the last that was waited for runs {@code end}, at times on the
     * answer to a deletion so large that its commit takes long, for a server that answers too early
     * to be found out.
     *
     * @param most how many acknowledgements the ledger has by then
     */
    void write(Api api, int most, Runnable end) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Ending ending = new Ending(most, isOver, end);
        for (Writer writer : writers) {
            threads.add(Thread.ofPlatform().start(() -> writer.write(api, ending)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The body of a keyed creation, the same each time. */
    static HttpResponse<String> createOnce(Api api, Line line)
            throws IOException, InterruptedException {
        String body = line.attempt(Line.State.NEW);
        return api.send("POST", "/v1/tasks", body, "Idempotency-Key", line.key());
    }

    /** When and how a round ends. */
    private record Ending(int most, AtomicBoolean isOver, Runnable end) {

        boolean isDue(Ledger ledger) {
            return ledger.acknowledged() >= most && isOver.compareAndSet(false, true);
        }
    }

    private final class Writer {

        private final String name;
        private final SplittableRandom random;
        private final List<Line> own = new ArrayList<>();
        private int made;

        Writer(String name, SplittableRandom random) {
            this.name = name;
            this.random = random;
        }

        void write(Api api, Ending ending) {
            own.removeIf(line -> !line.was().isThere());
            try {
                while (true) {
                    act(api);
                    LockSupport.parkNanos(pauseNanos);
                    if (ending.isDue(ledger)) {
                        end(api, ending.end());
                    }
                }
            } catch (IOException e) {
                // The server is gone in the middle of a request; the ledger knows of which.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                ledger.odd(name + ": " + e);
                ending.end().run();
            }
        }

        private void end(Api api, Runnable end) throws IOException, InterruptedException {
            try {
                if (random.nextBoolean()) {
                    uproot(api, end);
                }
            } finally {
                end.run();
            }
        }

        /** Deletes a task with many subtasks, all made for that. */
        private void uproot(Api api, Runnable end) throws IOException, InterruptedException {
            String group = " of " + name + "-" + made;
            Line parent = batch(api, 1, group, "").getFirst();
            List<Line> family = batch(api, FAMILY, group, parent.id());
            family.add(parent);
            family.forEach(line -> line.attempt(Line.State.ABSENT));
            own.removeAll(family);
            HttpResponse<String> answer = api.send("DELETE", "/v1/tasks/" + parent.id(), "");
            end.run();
            if (answer.statusCode() == 204) {
                family.forEach(line -> ledger.acknowledge(line, line.id(), 0));
            } else {
                odd(parent, answer);
            }
        }

        private void act(Api api) throws IOException, InterruptedException {
            int what = own.isEmpty() ? 0 : random.nextInt(10);
            switch (what) {
                case 0, 1 -> create(api);
                case 2, 3, 4 -> edit(api, own.get(random.nextInt(own.size())));
                case 5 -> delete(api, random.nextInt(own.size()));
                case 6, 7 -> batch(api, BATCH, " of " + name + "-" + made, "");
                case 8 -> batch(api, BATCH, "", "");
                default -> once(api);
            }
        }

        private Line line(String group, boolean isKeyed) {
            String stem = name + "-" + made++;
            Line line = ledger.add(new Line(stem + group, group, isKeyed ? "key-" + stem : ""));
            own.add(line);
            return line;
        }

        private void create(Api api) throws IOException, InterruptedException {
            Line line = line("", false);
            String body = line.attempt(Line.State.NEW);
            settle(line, 201, api.send("POST", "/v1/tasks", body));
        }

        private void once(Api api) throws IOException, InterruptedException {
            Line line = line("", true);
            settle(line, 201, createOnce(api, line));
        }

        private void edit(Api api, Line line) throws IOException, InterruptedException {
            String tag = "\"" + line.was().revision() + "\"";
            String body = line.attempt(line.was().edited());
            String path = "/v1/tasks/" + line.id();
            settle(line, 200, api.send("PATCH", path, body, "If-Match", tag));
        }

        private void delete(Api api, int index) throws IOException, InterruptedException {
            Line line = own.get(index);
            String tag = "\"" + line.was().revision() + "\"";
            line.attempt(Line.State.ABSENT);
            String path = "/v1/tasks/" + line.id();
            HttpResponse<String> answer = api.send("DELETE", path, "", "If-Match", tag);
            if (answer.statusCode() == 204) {
                ledger.acknowledge(line, line.id(), 0);
                own.remove(index);
            } else {
                odd(line, answer);
            }
        }

        /** Creates many; all or none when they have a group. */
        private List<Line> batch(Api api, int size, String group, String parent)
                throws IOException, InterruptedException {
            List<Line> lines = new ArrayList<>();
            List<String> items = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Line line = line(group, false);
                lines.add(line);
                items.add(post(line.attempt(Line.State.NEW), parent));
            }
            String body =
                    "{\"atomic\":"
                            + !group.isEmpty()
                            + ",\"items\":["
                            + String.join(",", items)
                            + "]}";
            HttpResponse<String> answer = api.send("POST", "/v1/batch", body);
            if (answer.statusCode() != 200) {
                odd(lines.get(0), answer);
                return lines;
            }
            List<Map<String, Object>> fates = Api.objects(JsonTree.parse(answer.body()), "items");
            for (int i = 0; i < size; i++) {
                if (JsonTree.text(fates.get(i), "status").equals("201")) {
                    settle(lines.get(i), JsonTree.object(fates.get(i), "body"));
                } else {
                    odd(lines.get(i), answer);
                }
            }
            return lines;
        }

        private static String post(String task, String parent) {
            String under = parent.isEmpty() ? "" : ",\"parent\":\"" + parent + "\"";
            String body = task.substring(0, task.length() - 1) + under + "}";
            return "{\"method\":\"POST\",\"path\":\"/v1/tasks\",\"body\":" + body + "}";
        }

        private void settle(Line line, int status, HttpResponse<String> answer) {
            if (answer.statusCode() == status) {
                settle(line, JsonTree.parse(answer.body()));
            } else {
                odd(line, answer);
            }
        }

        private void settle(Line line, Map<String, Object> task) {
            long revision = Long.parseLong(JsonTree.text(task, "revision"));
            ledger.acknowledge(line, JsonTree.text(task, "id"), revision);
        }

        private void odd(Line line, HttpResponse<String> answer) {
            ledger.odd(line.stem() + ": " + answer.statusCode() + " " + answer.body());
        }
    }
}
