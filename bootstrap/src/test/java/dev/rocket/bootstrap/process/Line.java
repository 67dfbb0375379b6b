package dev.rocket.bootstrap.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one task that a test wrote, or tried to.
 *
 * <p>It belongs to one writer at a time. Its title is a stem, which no other task has, and the
 * number of times it was edited; that number decides the priority too, and no two numbers in a row
 * give the same one, so half an edit shows.
 */
final class Line {

    private static final List<String> PRIORITIES =
            List.of("none", "low", "medium", "high", "urgent");
    private static final String EDITS = " v";

    private final String stem;
    private final String group;
    private final String key;
    private String id = "";
    private State was = State.ABSENT;
    private State wished = State.ABSENT;

    /**
     * A task at one time.
     *
     * @param isThere whether it exists
     * @param edits how often it was edited; what its title and its priority say
     */
    record State(boolean isThere, int edits, long revision) {

        static final State ABSENT = new State(false, 0, 0);
        static final State NEW = new State(true, 0, 1);

        State edited() {
            return new State(true, edits + 1, revision + 1);
        }
    }

    /**
     * The line of a task that is to be created.
     *
     * @param group what it shares with the others of an atomic batch; empty for none
     * @param key its idempotency key; empty for none
     */
    Line(String stem, String group, String key) {
        this.stem = stem;
        this.group = group;
        this.key = key;
    }

    /** Notes that a request is about to be sent which would lead there; the request's body. */
    String attempt(State next) {
        wished = next;
        return "{\"title\":\""
                + stem
                + EDITS
                + next.edits()
                + "\",\"priority\":\""
                + priority(next.edits())
                + "\"}";
    }

    /** Notes that what was attempted is so, of the task with that id. */
    void settle(String knownId, State now) {
        id = knownId;
        was = now;
        wished = now;
    }

    /** Notes that what was attempted did not happen. */
    void withdraw() {
        wished = was;
    }

    /** What it is called by. */
    String stem() {
        return stem;
    }

    /** What it shares with the others of an atomic batch; empty for none. */
    String group() {
        return group;
    }

    /** Its idempotency key; empty for none. */
    String key() {
        return key;
    }

    /** Its id; empty while nobody has said. */
    String id() {
        return id;
    }

    /** How it was when that was last known. */
    State was() {
        return was;
    }

    /** How it is, should what was attempted have happened. */
    State wished() {
        return wished;
    }

    /** Whether something was attempted that nobody has heard of since. */
    boolean isPending() {
        return !was.equals(wished);
    }

    /** The stem in a title. */
    static String stem(String title) {
        int end = title.lastIndexOf(EDITS);
        return end < 0 ? title : title.substring(0, end);
    }

    /** The state of a task that was found; null when its title and its priority disagree. */
    static @Nullable State state(Api.Found found) {
        int end = found.title().lastIndexOf(EDITS);
        int edits = end < 0 ? 0 : Integer.parseInt(found.title().substring(end + EDITS.length()));
        boolean fits = found.priority().equals(priority(edits));
        return fits ? new State(true, edits, found.revision()) : null;
    }

    private static String priority(int edits) {
        return PRIORITIES.get(edits % PRIORITIES.size());
    }
}
