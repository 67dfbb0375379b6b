package dev.rocket.postgres;

import dev.rocket.core.model.Task;
import dev.rocket.core.model.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The index of words: what {@link Words#in} makes of a text, as it is, in a {@code tsvector}.
 *
 * <p>Postgres takes no part in finding words, so every store finds the same. It keeps no word
 * longer than 2,046 bytes; a longer one is cut, and marked so that only its beginnings match.
 */
final class TaskWords {

    /** Characters of a word that are indexed. */
    private static final int LONGEST = 500;

    /** Behind a word that was cut; no word holds it. */
    private static final String CUT = "\u0001";

    private TaskWords() {}

    /** A text of a task that is searched; each has a row of its own in the index. */
    enum Part {
        TITLE(0),
        NOTES(1);

        private final int number;

        Part(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        String of(Task task) {
            return this == TITLE ? task.title() : task.notes();
        }
    }

    /** Indexes a new text, or takes it out when it holds no word. */
    static Appended.Part put(UUID task, Part part, String text) {
        Set<String> words = of(text);
        if (words.isEmpty()) {
            return Appended.Part.of(
                    "DELETE FROM task_words WHERE task = ? AND part = ?", task, part.number);
        }
        return Appended.Part.of(
                "INSERT INTO task_words (task, part, words) VALUES (?, ?, array_to_tsvector(?))"
                        + " ON CONFLICT (task, part) DO UPDATE SET words = excluded.words",
                task,
                part.number,
                words.toArray(String[]::new));
    }

    /** The words of a text as they are indexed. */
    static Set<String> of(String text) {
        String words = Words.in(text);
        return words.isEmpty()
                ? Set.of()
                : Arrays.stream(words.split(" ", -1))
                        .map(TaskWords::cut)
                        .collect(Collectors.toSet());
    }

    /**
     * The row of a text in the index: its part, and its words as a {@code tsvector} in print.
     *
     * @return empty when it holds no word
     */
    static List<Object> row(UUID task, Part part, String text) {
        Set<String> words = of(text);
        if (words.isEmpty()) {
            return List.of();
        }
        // A word holds letters and digits alone, so nothing in it ends the quotes.
        String vector =
                words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return List.of(task, part.number, vector);
    }

    /** Takes a task out of the index. */
    static Appended.Part remove(UUID task) {
        return Appended.Part.of("DELETE FROM task_words WHERE task = ?", task);
    }

    /** What finds a word of a search in the index. */
    static String query(Words.Term term) {
        return "'" + cut(term.word()) + "'" + (term.prefix() ? ":*" : "");
    }

    private static String cut(String word) {
        if (word.length() <= LONGEST) {
            return word;
        }
        int end =
                word.offsetByCodePoints(
                        0, Math.min(LONGEST, word.codePointCount(0, word.length())));
        return end == word.length() ? word : word.substring(0, end) + CUT;
    }
}
