package dev.rocket.core.model;

/**
 * A place in JSON text, and the steps forward from it.
 *
 * <p>Each step checks what it passes; what is not JSON is an IllegalArgumentException that names
 * the character.
 */
final class JsonScan {

    private static final int MAX_DEPTH = 8;

    private final String text;

    /** Where the next step begins. */
    int at;

    /** Begins at a place in a text. */
    JsonScan(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Steps over a comma, which something must follow, or stays at the end of the list. */
    void comma(char end) {
        if (next() == ',') {
            at++;
            if (next() == end) {
                throw bad("one more");
            }
        } else if (text.charAt(at) != end) {
            throw bad("a comma");
        }
    }

    /** Steps over a value, whatever it is. */
    void skip(int depth) {
        if (depth > MAX_DEPTH) {
            throw bad("less nesting");
        }
        switch (text.charAt(at)) {
            case '"' -> skipText();
            case '[' -> {
                at++;
                while (next() != ']') {
                    skip(depth + 1);
                    comma(']');
                }
                at++;
            }
            case '{' -> {
                at++;
                while (next() != '}') {
                    skipText();
                    expect(':');
                    next();
                    skip(depth + 1);
                    comma('}');
                }
                at++;
            }
            default -> skipWord();
        }
    }

    /** Steps over a number, a truth or nothing. */
    void skipWord() {
        int from = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw bad("a value");
        }
    }

    private static boolean isOfWord(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || c == '-'
                || c == '+'
                || c == '.'
                || c == 'E';
    }

    /** Steps over a text. */
    void skipText() {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw bad("a text");
        }
        int from = at + 1;
        int end = text.indexOf('"', from);
        while (end >= 0 && isEscaped(from, end)) {
            end = text.indexOf('"', end + 1);
        }
        if (end < 0) {
            throw bad("the end of a text");
        }
        at = end + 1;
    }

    private boolean isEscaped(int from, int quote) {
        int i = quote;
        while (i > from && text.charAt(i - 1) == '\\') {
            i--;
        }
        return (quote - i) % 2 == 1;
    }

    /** The text whose quotation mark stands at {@code open}. */
    String string(int open) {
        if (text.charAt(open) != '"') {
            at = open;
            throw bad("a text");
        }
        int from = open + 1;
        int end = text.indexOf('"', from);
        int escape = text.indexOf('\\', from, end);
        return escape < 0 ? text.substring(from, end) : unescaped(from, escape);
    }

    private String unescaped(int from, int firstEscape) {
        StringBuilder out = new StringBuilder(text.length() - from);
        int begin = from;
        int escape = firstEscape;
        int end = -1;
        while (end < 0) {
            out.append(text, begin, escape);
            at = escape + 1;
            unescape(out);
            begin = at;
            int quote = text.indexOf('"', begin);
            escape = text.indexOf('\\', begin, quote);
            end = escape < 0 ? quote : -1;
        }
        return out.append(text, begin, end).toString();
    }

    private void unescape(StringBuilder out) {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case '"', '\\', '/' -> out.append(c);
            case 'u' -> {
                int code = 0;
                for (int end = at + 4; at < end; at++) {
                    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
                    if (digit < 0 || text.charAt(at) > 'f') {
                        throw bad("four digits");
                    }
                    code = code << 4 | digit;
                }
                out.append((char) code);
            }
            default -> throw bad("an escape");
        }
    }

    /** Steps to the next character that is not blank; that character. */
    char next() {
        blanks();
        if (at >= text.length()) {
            throw bad("more");
        }
        return text.charAt(at);
    }

    /** Steps over one character, which must be that. */
    void expect(char c) {
        if (next() != c) {
            throw bad("'" + c + "'");
        }
        at++;
    }

    /** Steps over white space. */
    void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    /** What is wrong here. */
    IllegalArgumentException bad(String wanted) {
        return new IllegalArgumentException("expected " + wanted + " at character " + at);
    }
}
