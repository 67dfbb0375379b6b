package dev.rocket.core.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search: words that must all occur.
 *
 * <p>A word matches a whole word; {@code wor*} matches any that begins so. Case and accents do not
 * count. Every store indexes {@link #in}, so every store finds the same.
 *
 * @param terms folded, at least one letter or digit each
 */
public record Words(List<Term> terms) {

    /**
     * One word of a search.
     *
     * @param word folded
     * @param prefix whether longer words match too
     */
    public record Term(String word, boolean prefix) {}

    /** A search for nothing: matches everything. */
    public static final Words ANY = new Words(List.of());

    /** Copies the list. */
    public Words {
        terms = List.copyOf(terms);
    }

    /** Whether it asks for nothing. */
    public boolean isAny() {
        return terms.isEmpty();
    }

    /**
     * The search in a text; what is neither letter nor digit separates words.
     *
     * @throws Refused with {@link Refusal.Invalid} beyond {@link Limits#SEARCH_CHARS}
     */
    public static Words parse(String text) {
        if (text.length() > Limits.SEARCH_CHARS) {
            throw Refused.invalid("q", "has more than " + Limits.SEARCH_CHARS + " characters");
        }
        List<Term> terms = new ArrayList<>();
        for (String piece : text.strip().split("\\s+", -1)) {
            List<String> words = split(piece);
            for (int i = 0; i < words.size(); i++) {
                boolean last = i == words.size() - 1;
                terms.add(new Term(words.get(i), last && piece.endsWith("*")));
            }
        }
        return new Words(terms);
    }

    /** The words in a text, folded, each once, joined by blanks: what is indexed. */
    public static String in(String text) {
        return String.join(" ", new TreeSet<>(split(text)));
    }

    /** Whether a task holds every word. */
    public boolean match(Task task) {
        if (terms.isEmpty()) {
            return true;
        }
        Set<String> words = index(task);
        for (Term term : terms) {
            boolean found =
                    term.prefix()
                            ? words.stream().anyMatch(word -> word.startsWith(term.word()))
                            : words.contains(term.word());
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> index(Task task) {
        Set<String> words = new TreeSet<>(split(task.title()));
        words.addAll(split(task.notes()));
        return words;
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        fold(text)
                .codePoints()
                .forEach(
                        c -> {
                            if (Character.isLetterOrDigit(c)) {
                                word.appendCodePoint(c);
                            } else if (!isMark(c) && !word.isEmpty()) {
                                words.add(word.toString());
                                word.setLength(0);
                            }
                        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Accents and vowel signs belong to their word and do not count. */
    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                String lower = text.toLowerCase(Locale.ROOT);
                return Normalizer.normalize(lower, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
