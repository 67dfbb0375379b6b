package dev.rocket.sqlite;

import dev.rocket.core.model.Task;
import dev.rocket.core.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The index of words, written once a commit.
 *
 * <p>FTS5 gathers what is written in memory, but flushes it to a segment whenever row numbers do
 * not ascend. So what commands change is noted, and written in the order of rows before the commit,
 * and before a search inside the transaction.
 */
final class WordIndex {

    private record Note(long row, String text) {}

    private final Statements sql;
    private final List<Note> notes = new ArrayList<>();

    WordIndex(Statements statements) {
        sql = statements;
    }

    /** A new task has its words. */
    void note(long row, Task task) {
        notes.add(new Note(titleRow(row), task.title()));
        if (!task.notes().isEmpty()) {
            notes.add(new Note(notesRow(row), task.notes()));
        }
    }

    /** A task has other words than before, or is gone. */
    void note(long row, Task before, Optional<Task> after) {
        String title = after.map(Task::title).orElse("");
        String text = after.map(Task::notes).orElse("");
        if (!before.title().equals(title)) {
            notes.add(new Note(titleRow(row), title));
        }
        if (!before.notes().equals(text)) {
            notes.add(new Note(notesRow(row), text));
        }
    }

    /** How much is noted and not written. */
    int noted() {
        return notes.size();
    }

    /** Forgets all but the first notes, since what came later was taken back. */
    void forget(int first) {
        if (first < notes.size()) {
            notes.subList(first, notes.size()).clear();
        }
    }

    /** Writes what is noted. */
    void settle() {
        if (notes.isEmpty()) {
            return;
        }
        Map<Long, String> latest = new TreeMap<>();
        for (Note note : notes) {
            latest.put(note.row(), note.text());
        }
        notes.clear();
        latest.forEach(this::write);
    }

    private void write(long row, String text) {
        String has = Words.in(text);
        String had =
                sql.first(r -> r.getString(1), "SELECT words FROM task_text WHERE row = ?", row)
                        .orElse("");
        if (had.equals(has)) {
            return;
        }
        if (!had.isEmpty()) {
            sql.run(
                    "INSERT INTO task_words (task_words, rowid, words) VALUES ('delete', ?, ?)",
                    row,
                    had);
        }
        if (has.isEmpty()) {
            sql.run("DELETE FROM task_text WHERE row = ?", row);
            return;
        }
        sql.run("INSERT OR REPLACE INTO task_text (row, words) VALUES (?, ?)", row, has);
        sql.run("INSERT INTO task_words (rowid, words) VALUES (?, ?)", row, has);
    }

    private static long titleRow(long task) {
        return 2 * task;
    }

    private static long notesRow(long task) {
        return 2 * task + 1;
    }
}
