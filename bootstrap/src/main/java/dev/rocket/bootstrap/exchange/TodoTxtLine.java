package dev.rocket.bootstrap.exchange;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a todo.txt file, taken apart.
 *
 * <p>Source: the format's own description, github.com/todotxt/todo.txt.
 *
 * @param done whether it begins with {@code x}
 * @param priority a letter, from the head of the line
 * @param completed the first date of a line that is done
 * @param created the date of creation
 * @param words the rest, at its blanks
 */
record TodoTxtLine(
        boolean done,
        Optional<Character> priority,
        Optional<LocalDate> completed,
        Optional<LocalDate> created,
        List<String> words) {

    private static final Pattern HEAD = Pattern.compile("\\(([A-Z])\\) +");
    private static final Pattern DATE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?: +|$)");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*):(?!//)(\\S+)");

    /** Takes a line apart; every line that is not blank is a task. */
    static TodoTxtLine parse(String line) {
        Rest rest = new Rest(line.strip());
        boolean done = rest.text.startsWith("x ");
        if (done) {
            rest.text = rest.text.substring(2).stripLeading();
        }
        Optional<Character> priority = rest.take(HEAD).map(letter -> letter.charAt(0));
        Optional<LocalDate> first = rest.date();
        Optional<LocalDate> second = done && first.isPresent() ? rest.date() : Optional.empty();
        return new TodoTxtLine(
                done,
                priority,
                done ? first : Optional.empty(),
                done ? second : first,
                List.of(rest.text.isEmpty() ? new String[0] : rest.text.split("\\s+")));
    }

    /** The key and value of a word of the form {@code key:value}; addresses are none. */
    static Optional<Field> field(String word) {
        Matcher matcher = FIELD.matcher(word);
        return matcher.matches()
                ? Optional.of(new Field(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** A word of the form {@code key:value}. */
    record Field(String key, String value) {

        /** The value as a calendar day. */
        Optional<LocalDate> day() {
            return TodoTxtLine.day(value);
        }
    }

    /** The name in a word such as {@code +name} or {@code @name}. */
    static Optional<String> name(char mark, String word) {
        boolean named = word.length() > 1 && word.charAt(0) == mark;
        return named ? Optional.of(word.substring(1)) : Optional.empty();
    }

    /**
     * The words without projects and contexts at either end; in the middle they may be part of a
     * sentence.
     */
    static String title(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        while (!rest.isEmpty() && isTag(rest.get(0))) {
            rest.remove(0);
        }
        while (!rest.isEmpty() && isTag(rest.get(rest.size() - 1))) {
            rest.remove(rest.size() - 1);
        }
        return String.join(" ", rest);
    }

    private static boolean isTag(String word) {
        return name('+', word).or(() -> name('@', word)).isPresent();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            boolean whole = text.length() == 10 && !text.startsWith("0000");
            return whole ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static final class Rest {

        private String text;

        Rest(String text) {
            this.text = text;
        }

        Optional<String> take(Pattern pattern) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            text = text.substring(matcher.end());
            return Optional.of(matcher.group(1));
        }

        Optional<LocalDate> date() {
            Matcher matcher = DATE.matcher(text);
            boolean date = matcher.lookingAt() && day(matcher.group(1)).isPresent();
            return date ? take(DATE).flatMap(TodoTxtLine::day) : Optional.empty();
        }
    }
}
