package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index of words finds what the words themselves say.
 *
 * <p>Goal: an index without a copy of its texts never drifts from them. Method: random tasks in
 * several scripts are made, edited, deleted and brought back, in transactions and savepoints of
 * which many are taken back; after each, every search must give what {@link Words#match} gives.
 */
final class WordsTest extends Contract {

    private static final int TRANSACTIONS = 80;

    @TempDir Path folder;

    @Override
    protected Store open() {
        return SqliteStore.open(SqliteConfig.at(folder.resolve("words.db")), Meter.NONE);
    }

    @Test
    void every_search_finds_what_the_words_say_after_any_history() throws Exception {
        long seed = seed("WordsTest");
        WordModel model = new WordModel(seed);
        for (int i = 0; i < TRANSACTIONS; i++) {
            WordModel before = new WordModel(model);
            boolean kept = model.random.nextInt(4) > 0;
            try {
                write(
                        tx -> {
                            model.become(before);
                            model.several(tx, 0);
                            if (!kept) {
                                throw new WordModel.TakenBack();
                            }
                            return true;
                        });
            } catch (WordModel.TakenBack e) {
                assertFalse(kept, "seed " + seed);
                model.become(before);
            }
            assertFinds(model, "seed " + seed + ", transaction " + i);
        }
        write(
                tx -> {
                    model.living.values().forEach(task -> tx.apply(draft(gone(task))));
                    return true;
                });
        store().close();
        assertWhole("seed " + seed);
    }

    private void assertFinds(WordModel model, String when) {
        Set<String> said = new TreeSet<>(WordModel.MORE);
        model.living.values().forEach(task -> said.addAll(List.of(task.title().split(" ", -1))));
        List<Words> searches = new ArrayList<>();
        for (String word : said) {
            searches.add(Words.parse(word));
            searches.add(Words.parse(word + "*"));
        }
        for (int i = 0; i < 20; i++) {
            searches.add(model.words());
        }
        read(
                snapshot -> {
                    for (Words words : searches) {
                        assertEquals(
                                model.matching(words),
                                WordModel.found(snapshot, words),
                                () -> when + ", " + words);
                    }
                    return true;
                });
    }

    /** The engine checks the index's own order, and that no word outlives its tasks. */
    private void assertWhole(String when) throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("words.db"));
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO task_words (task_words) VALUES ('integrity-check')");
            statement.execute(
                    "CREATE VIRTUAL TABLE temp.said USING fts5vocab (main, task_words, row)");
            try (var left = statement.executeQuery("SELECT group_concat(term) FROM said")) {
                assertNull(left.getString(1), when + ": words of nobody are left");
            }
        }
    }

    @Test
    void a_word_longer_than_the_index_keeps_is_found_by_its_beginning_and_taken_out_again()
            throws Exception {
        String word = "abc".repeat(Limits.NOTES_CHARS / 3);
        Task task = task("quiet");
        TaskEdit notes = TaskEdit.of(new TaskEdit.Notes(word));
        Task loud = task.with(notes, task.revision(), task.stamp());
        put(loud);
        Words beginning = Words.parse(word.substring(0, Limits.SEARCH_CHARS - 1) + "*");
        Words part = Words.parse(word.substring(0, Limits.SEARCH_CHARS));
        assertEquals(Set.of(task.id()), read(snapshot -> WordModel.found(snapshot, beginning)));
        assertEquals(Set.of(), read(snapshot -> WordModel.found(snapshot, part)));
        Task quiet = loud.edit(TaskEdit.of(new TaskEdit.Notes("")), NOW);
        put(quiet);
        assertEquals(Set.of(), read(snapshot -> WordModel.found(snapshot, beginning)));
        put(gone(quiet));
        store().close();
        assertWhole("a long word");
    }
}
