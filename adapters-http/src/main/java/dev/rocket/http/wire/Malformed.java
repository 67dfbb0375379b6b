package dev.rocket.http.wire;

/** Carries a fault in a JSON text up, with its place. */
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final String path;
    private final int line;
    private final int column;

    /**
     * Tells what is wrong and where.
     *
     * @param type MALFORMED for text that is no JSON, INVALID for JSON that does not fit
     * @param path the member, as {@code labels/3}; empty for the whole text
     * @param problem what is wrong, as the end of a sentence
     * @param place where in the text
     */
    public Malformed(ProblemType type, String path, String problem, Place place) {
        super(problem, null, false, false);
        this.type = type;
        this.path = path;
        this.line = place.line();
        this.column = place.column();
    }

    /**
     * A place in a text.
     *
     * @param line from 1
     * @param column from 1, in bytes
     */
    public record Place(int line, int column) {}

    /** What kind of problem it is. */
    public ProblemType type() {
        return type;
    }

    /** The member, as {@code labels/3}; empty for the whole text. */
    public String path() {
        return path;
    }

    /** What is wrong, as the end of a sentence. */
    public String problem() {
        return String.valueOf(getMessage());
    }

    /** Where in the text. */
    public Place place() {
        return new Place(line, column);
    }

    /** The same fault in a text that is a member of another. */
    public Malformed inside(String parent) {
        String inner = path.isEmpty() ? parent : parent + "/" + path;
        return new Malformed(type, inner, problem(), place());
    }
}
