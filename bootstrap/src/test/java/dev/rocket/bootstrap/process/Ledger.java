package dev.rocket.bootstrap.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a test attempted, and what of it the server acknowledged.
 *
 * <p>Writers note into it from many threads, each about lines of its own. It is checked when they
 * have ended.
 */
final class Ledger {

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> odd = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private int applied;
    private int notApplied;

    /** A write that the server said it has done. */
    private record Acknowledged(String id, long revision, boolean isDeletion) {}

    /** Notes a task that is about to be created. */
    Line add(Line line) {
        lines.put(line.stem(), line);
        return line;
    }

    /**
     * Notes an answer that says that what was attempted is done; how many such there were.
     *
     * @param revision what the answer says; 0 for a deletion, whose answer says none
     */
    int acknowledge(Line line, String id, long revision) {
        Line.State now = line.wished();
        if (now.revision() != revision || (!line.id().isEmpty() && !line.id().equals(id))) {
            odd(id + ": answered with revision " + revision + " instead of " + now);
        }
        line.settle(id, now);
        acknowledged.add(new Acknowledged(id, revision, !now.isThere()));
        return count.incrementAndGet();
    }

    /** Notes an answer that nobody expected. */
    void odd(String what) {
        odd.add(what);
    }

    /** How many writes were acknowledged. */
    int acknowledged() {
        return count.get();
    }

    /** How many that were not acknowledged turned out to be there. */
    int applied() {
        return applied;
    }

    /** How many that were not acknowledged turned out not to be there. */
    int notApplied() {
        return notApplied;
    }

    /** The lines of tasks that were created with an idempotency key, or tried to be. */
    List<Line> keyed() {
        return lines.values().stream().filter(line -> !line.key().isEmpty()).toList();
    }

    /**
     * Compares with the tasks that are there; each thing that is wrong, opening with its id or
     * stem. What was attempted without an answer is then known, and settled.
     */
    List<String> check(List<Api.Found> tasks) {
        List<String> wrong = new ArrayList<>(odd);
        Map<String, Api.Found> found = new HashMap<>();
        for (Api.Found task : tasks) {
            String stem = Line.stem(task.title());
            if (!lines.containsKey(stem)) {
                wrong.add(task.id() + ": nobody wrote " + task.title());
            }
            Api.Found other = found.put(stem, task);
            if (other != null) {
                wrong.add(task.id() + ": is " + other.id() + " once more");
            }
        }
        Map<String, Set<Boolean>> groups = new LinkedHashMap<>();
        for (Line line : lines.values()) {
            Api.Found task = found.get(line.stem());
            if (line.isPending() && !line.group().isEmpty()) {
                boolean isDone = line.wished().isThere() == (task != null);
                groups.computeIfAbsent(line.group(), g -> new HashSet<>()).add(isDone);
            }
            judge(line, task, wrong);
        }
        groups.forEach(
                (group, fates) -> {
                    if (fates.size() > 1) {
                        wrong.add(group + ": only a part of what is one was done");
                    }
                });
        return wrong;
    }

    private void judge(Line line, Api.@Nullable Found task, List<String> wrong) {
        Line.State is = task == null ? Line.State.ABSENT : Line.state(task);
        String id = task == null ? line.id() : task.id();
        String name = id.isEmpty() ? line.stem() : id;
        if (is == null) {
            wrong.add(name + ": half an edit, " + task);
        } else if (!line.id().isEmpty() && !line.id().equals(id)) {
            wrong.add(line.id() + ": is called " + id + " now");
        } else if (is.equals(line.was())) {
            notApplied += line.isPending() ? 1 : 0;
            line.withdraw();
        } else if (is.equals(line.wished())) {
            applied++;
            line.settle(id, is);
        } else {
            wrong.add(name + ": was " + line.was() + ", may be " + line.wished() + ", is " + is);
        }
    }

    /** Compares with a stretch of the feed; each acknowledged write that it lacks. */
    List<String> missing(List<Place> feed) {
        Set<Acknowledged> told = new HashSet<>();
        for (Place place : feed) {
            long revision = place.isDeletion() ? 0 : place.revision();
            told.add(new Acknowledged(place.id(), revision, place.isDeletion()));
        }
        List<String> wrong = new ArrayList<>();
        for (Acknowledged each : acknowledged) {
            if (!told.contains(each)) {
                wrong.add(each.id() + ": the feed lacks " + each);
            }
        }
        return wrong;
    }

    /** Forgets what was acknowledged so far, which a stretch of the feed was seen to hold. */
    void turnPage() {
        acknowledged.clear();
    }
}
