package dev.rocket.architecture;

import java.util.ArrayList;
import java.util.List;

/**
 * A comment in Java's text; lines that follow each other are one.
 *
 * @param line the first line, from 1
 * @param text without its marks
 * @param isDoc whether it is Javadoc
 */
record Comment(int line, String text, boolean isDoc) {

    /** All comments of a text. */
    static List<Comment> in(String text) {
        List<Comment> found = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                int end = after(text, "\n", at) - 1;
                add(found, text, at, end);
                at = end;
            } else if (text.startsWith("/*", at)) {
                int end = after(text, "*/", at + 2);
                String inner = text.substring(at + 2, Math.max(at + 2, end - 2));
                String words = inner.replaceAll("(?m)^\\s*\\*+ ?", "");
                found.add(new Comment(lineOf(text, at), words, inner.startsWith("*")));
                at = end;
            } else {
                at = skip(text, at);
            }
        }
        return found;
    }

    private static void add(List<Comment> found, String text, int at, int end) {
        String words = text.substring(at + 2, Math.max(at + 2, end)).strip();
        int line = lineOf(text, at);
        boolean alone = text.substring(text.lastIndexOf('\n', at) + 1, at).isBlank();
        if (alone && !found.isEmpty() && found.getLast().endsBefore(line)) {
            Comment last = found.removeLast();
            found.add(new Comment(last.line(), last.text() + "\n" + words, false));
        } else {
            found.add(new Comment(line, words, false));
        }
    }

    private boolean endsBefore(int next) {
        return !isDoc && line + text.split("\n", -1).length == next;
    }

    /** The place after a letter, or after the string or character that begins there. */
    private static int skip(String text, int at) {
        if (text.startsWith("\"\"\"", at)) {
            return literal(text, at + 3, "\"\"\"");
        }
        char first = text.charAt(at);
        return first == '"' || first == '\'' ? literal(text, at + 1, "" + first) : at + 1;
    }

    private static int literal(String text, int from, String mark) {
        int at = from;
        while (at < text.length() && !text.startsWith(mark, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + mark.length();
    }

    private static int after(String text, String mark, int from) {
        int at = text.indexOf(mark, from);
        return at < 0 ? text.length() + (mark.equals("\n") ? 1 : 0) : at + mark.length();
    }

    private static int lineOf(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
