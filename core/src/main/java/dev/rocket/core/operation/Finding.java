package dev.rocket.core.operation;

/**
 * Something that an import could not keep as it was.
 *
 * @param fate what became of it
 * @param where its place in what was read: {@code todo.txt line 12}
 * @param field what the other program calls it
 * @param value what it held, shortened to {@link #VALUE_CHARS} characters and one line
 * @param why a clause for people
 */
public record Finding(Fate fate, String where, String field, String value, String why) {

    /** Characters of a value that are shown. */
    public static final int VALUE_CHARS = 80;

    /** What became of something. */
    public enum Fate {
        /** The store does not hold it. */
        LOST,
        /** The store holds it in another place, as the notes or the title. */
        MOVED,
        /** The store holds something else and kept that. */
        KEPT
    }

    /** Shortens the value. */
    public Finding {
        StringBuilder line = new StringBuilder(Math.min(value.length(), VALUE_CHARS + 1));
        value.codePoints()
                .limit(VALUE_CHARS)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        value = line.length() < value.length() ? line.append('…').toString() : line.toString();
    }

    /** Whether the store lacks what was read. */
    public boolean isLoss() {
        return fate != Fate.MOVED;
    }

    /** One line for people. */
    public String print() {
        String shown = value.isEmpty() ? "" : " (" + value + ")";
        return where + ": " + field + ": " + why + shown;
    }
}
