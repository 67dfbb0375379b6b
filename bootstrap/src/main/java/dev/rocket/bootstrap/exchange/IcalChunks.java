package dev.rocket.bootstrap.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.ParserException;

/**
 * The components of an iCalendar file, one at a time.
 *
 * <p>Each is parsed by itself, so memory does not grow with the file, and a line that is not of the
 * format costs that line alone.
 */
final class IcalChunks {

    /** The name under which a calendar's own properties come. */
    static final String CALENDAR = "VCALENDAR";

    /** Characters of one component that are kept. */
    private static final int COMPONENT_CHARS = 16 * 1024 * 1024;

    /**
     * One component and the line that it begins in.
     *
     * @param component a to-do, event or the like, or a {@link #CALENDAR} with properties alone
     */
    record Chunk(long line, IcalComponent component) {}

    private static final Pattern NAME = Pattern.compile("\\s*[A-Za-z0-9-]+\\s*[;:]");

    private final Origin origin;
    private final Lines lines;
    private final Deque<Chunk> pending = new ArrayDeque<>();
    private final List<Lines.Line> own = new ArrayList<>();
    private boolean inside;

    IcalChunks(Origin origin, InputStream in) {
        this.origin = origin;
        this.lines = new Lines(in, true);
    }

    /** The next component; empty at the end. */
    Optional<Chunk> next() throws IOException {
        while (pending.isEmpty()) {
            Optional<Lines.Line> line = lines.next();
            if (line.isEmpty()) {
                if (inside) {
                    origin.lost(origin.place("at its end"), "calendar", "", "breaks off");
                    inside = false;
                    flush();
                }
                return Optional.ofNullable(pending.poll());
            }
            take(line.get());
        }
        return Optional.of(pending.remove());
    }

    private void take(Lines.Line line) throws IOException {
        String text = word(line);
        tellFlaw(line);
        if (text.isEmpty()) {
            return;
        }
        if (!inside) {
            inside = text.equals("BEGIN:" + CALENDAR);
            if (!inside) {
                origin.lost(place(line), "line", line.text(), "stands outside of a calendar");
            }
        } else if (text.equals("END:" + CALENDAR)) {
            inside = false;
            flush();
        } else if (text.startsWith("BEGIN:")) {
            flush();
            component(line).ifPresent(pending::add);
        } else {
            own.add(line);
        }
    }

    private void flush() {
        if (own.isEmpty()) {
            return;
        }
        List<Lines.Line> all = new ArrayList<>(own);
        own.clear();
        long number = all.get(0).number();
        all.add(0, new Lines.Line(number, "BEGIN:X-" + CALENDAR, ""));
        all.add(new Lines.Line(number, "END:X-" + CALENDAR, ""));
        IcalComponent parsed = parse(all);
        pending.add(
                new Chunk(
                        number, new IcalComponent(CALENDAR, parsed.properties(), parsed.inner())));
    }

    private Optional<Chunk> component(Lines.Line begin) throws IOException {
        List<Lines.Line> all = new ArrayList<>(List.of(begin));
        int depth = 1;
        long chars = 0;
        while (depth > 0) {
            Optional<Lines.Line> next = lines.next();
            if (next.isEmpty()) {
                origin.lost(place(begin), begin.text(), "", "breaks off before its end");
                return Optional.empty();
            }
            String text = word(next.get());
            tellFlaw(next.get());
            depth += text.startsWith("BEGIN:") ? 1 : text.startsWith("END:") ? -1 : 0;
            chars += text.length();
            if (chars <= COMPONENT_CHARS && !text.isEmpty()) {
                all.add(next.get());
            }
        }
        if (chars > COMPONENT_CHARS) {
            origin.lost(place(begin), begin.text(), "", "is too long to be read");
            return Optional.empty();
        }
        return Optional.of(new Chunk(begin.number(), parse(all)));
    }

    private IcalComponent parse(List<Lines.Line> found) {
        List<Lines.Line> all = new ArrayList<>();
        for (Lines.Line line : found) {
            if (isProperty(line.text())) {
                all.add(plain(line));
            } else {
                origin.lost(place(line), "line", line.text(), "is no property");
            }
        }
        try {
            return IcalComponent.parse(all.stream().map(Lines.Line::text).toList());
        } catch (ParserException e) {
            return parseGood(all);
        }
    }

    private IcalComponent parseGood(List<Lines.Line> all) {
        List<String> good = new ArrayList<>();
        for (Lines.Line line : all) {
            String text = word(line);
            if (text.startsWith("BEGIN:") || text.startsWith("END:") || isGood(line)) {
                good.add(line.text());
            } else {
                origin.lost(place(line), "line", line.text(), "is no property");
            }
        }
        try {
            return IcalComponent.parse(good);
        } catch (ParserException e) {
            origin.lost(place(all.get(0)), all.get(0).text(), "", "is not of the format");
            return new IcalComponent("", List.of(), List.of());
        }
    }

    /** Whether a line has a name and a value; the parser takes one without for the next's begin. */
    private static boolean isProperty(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (c == ':' && !quoted) {
                return NAME.matcher(line).lookingAt();
            }
        }
        return false;
    }

    /** The line without characters that the parser leaves out in silence. */
    private Lines.Line plain(Lines.Line line) {
        String text = line.text();
        String clean = CleanText.prose(text);
        if (clean.equals(text)) {
            return line;
        }
        origin.lost(place(line), "line", text, "holds unprintable characters; they are left out");
        return new Lines.Line(line.number(), clean.replace('\n', ' '), line.flaw());
    }

    private static boolean isGood(Lines.Line line) {
        try {
            IcalComponent.parse(List.of("BEGIN:VTODO", line.text(), "END:VTODO"));
            return true;
        } catch (ParserException e) {
            return false;
        }
    }

    private void tellFlaw(Lines.Line line) {
        if (!line.flaw().isEmpty()) {
            origin.lost(place(line), "line", line.text(), line.flaw());
        }
    }

    private String place(Lines.Line line) {
        return origin.place("line " + line.number());
    }

    private static String word(Lines.Line line) {
        return line.text().strip().toUpperCase(Locale.ROOT);
    }
}
