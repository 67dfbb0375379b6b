package dev.rocket.core.model;

import java.time.DateTimeException;

/**
 * Changes as canonical text, one line each.
 *
 * <p>Equal changes give equal text. It is two JSON objects with a tab between them, which JSON text
 * never holds: first the place, who and why, then the image as {@link ImageText} prints it.
 */
public final class ChangeText {

    private static final char BETWEEN = '\t';

    private ChangeText() {}

    /** The line of a change, without an end of line. */
    public static String print(Change change) {
        StringBuilder out = new StringBuilder(512);
        new JsonOut(out)
                .begin()
                .number("seq", change.seq().value())
                .number("prev", change.prev().value())
                .instant("at", change.at())
                .text("actor", change.actor().id())
                .text("name", change.actor().name())
                .text("cause", change.cause())
                .plain("kind", change.image().id().kind().wire())
                .end();
        out.append(BETWEEN);
        ImageText.print(out, change.image());
        return out.toString();
    }

    /**
     * The change in a line that {@link #print} wrote.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Change parse(String line) {
        int between = line.indexOf(BETWEEN);
        if (between < 0) {
            throw new IllegalArgumentException("not a change: it has one part");
        }
        try {
            JsonIn json = JsonIn.of(line.substring(0, between));
            Image.Kind kind = Image.Kind.parse(json.text("kind"));
            return new Change(
                    new Seq(json.number("seq")),
                    new Seq(json.number("prev")),
                    json.instant("at"),
                    new Actor(json.text("actor"), json.text("name")),
                    json.text("cause"),
                    ImageText.parse(kind, line.substring(between + 1)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a change: " + e.getMessage(), e);
        }
    }
}
