package dev.rocket.core.model;

/** Checks on text that people typed. */
final class Text {

    private Text() {}

    /** One line: outer blanks removed, not empty, no control characters. */
    static String line(String path, String text, int maxChars) {
        String line = text.strip();
        if (line.isEmpty()) {
            throw Refused.invalid(path, "must not be blank");
        }
        check(path, line, maxChars, false);
        return line;
    }

    /** Any number of lines; may be empty; line ends become {@code \n}. */
    static String prose(String path, String text, int maxChars) {
        String prose =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        check(path, prose, maxChars, true);
        return prose;
    }

    private static void check(String path, String text, int maxChars, boolean lines) {
        if (text.length() > maxChars) {
            throw Refused.invalid(
                    path, "has " + text.length() + " characters; at most " + maxChars + " fit");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = lines && (c == '\n' || c == '\t');
            if ((c < 0x20 && !lineEnd) || c == 0x7f) {
                throw Refused.invalid(path, "holds a control character at place " + i);
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw Refused.invalid(path, "holds half a character at place " + i);
                }
                i++;
            }
        }
    }
}
