package dev.rocket.bootstrap.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file format that Rocket reads. */
public enum Format {
    /** What Taskwarrior's {@code task export} writes. */
    TASKWARRIOR("taskwarrior"),
    /** A todo.txt file. */
    TODOTXT("todo.txt"),
    /** An iCalendar file with to-dos. */
    ICAL("ical"),
    /** What {@code rocket export} writes. */
    ROCKET("rocket");

    private static final int HEAD_BYTES = 4096;
    private static final int BOM_BYTES = 3;
    private static final Pattern CALENDAR = Pattern.compile("(?i)BEGIN:VCALENDAR.*");
    private static final Pattern EXPORT = Pattern.compile("\\{\\s*\"rocket\".*");
    private static final Pattern OBJECTS = Pattern.compile("(\\[\\s*)?\\{\\s*\".*|\\[\\s*\\].*");

    private final String wire;

    Format(String wire) {
        this.wire = wire;
    }

    /** The lower-case name that the command line uses. */
    public String wire() {
        return wire;
    }

    /** The names of all formats. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Format::wire).toList();
    }

    /** The format of that name. */
    public static Optional<Format> named(String wire) {
        return Arrays.stream(values()).filter(format -> format.wire.equals(wire)).findFirst();
    }

    /**
     * The format of a file, by its beginning and, where that says nothing, by its name.
     *
     * @param in one that can be marked; left where it stands
     * @return empty when it cannot be told
     */
    public static Optional<Format> detect(String name, InputStream in) throws IOException {
        in.mark(HEAD_BYTES);
        String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
        in.reset();
        String text = head.strip();
        text = text.startsWith("\ufeff") ? text.substring(1).strip() : text;
        String first = text.lines().limit(2).reduce("", String::concat);
        if (head.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (CALENDAR.matcher(first).matches()) {
            return Optional.of(ICAL);
        }
        if (EXPORT.matcher(first).matches()) {
            return Optional.of(ROCKET);
        }
        if (OBJECTS.matcher(first).matches()) {
            return Optional.of(TASKWARRIOR);
        }
        return byName(name.toLowerCase(Locale.ROOT), first.isEmpty());
    }

    private static Optional<Format> byName(String name, boolean empty) {
        if (name.endsWith(".txt") || name.endsWith(".todo")) {
            return Optional.of(TODOTXT);
        }
        if (empty && name.endsWith(".json")) {
            return Optional.of(TASKWARRIOR);
        }
        return name.endsWith(".ics") ? Optional.of(ICAL) : Optional.empty();
    }

    /**
     * Begins to read a file of this format.
     *
     * @param in one that can be marked, read to its end and not closed
     */
    public Intake open(Origin origin, InputStream in) throws IOException {
        return switch (this) {
            case TASKWARRIOR -> new TaskwarriorIntake(origin, in);
            case TODOTXT -> new TodoTxtIntake(origin, in);
            case ICAL -> new IcalIntake(origin, in);
            case ROCKET -> new RocketIntake(origin, in);
        };
    }

    /** The first byte that is neither blank nor byte-order mark; -1 when there is none near. */
    static int firstByte(InputStream in) throws IOException {
        in.mark(HEAD_BYTES);
        byte[] head = in.readNBytes(HEAD_BYTES);
        in.reset();
        boolean marked = head.length >= BOM_BYTES && head[0] == (byte) 0xef;
        for (int i = marked ? BOM_BYTES : 0; i < head.length; i++) {
            if (head[i] > ' ') {
                return head[i];
            }
        }
        return -1;
    }
}
