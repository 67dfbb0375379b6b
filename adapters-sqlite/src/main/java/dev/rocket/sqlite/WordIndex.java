package dev.rocket.sqlite;

import dev.rocket.core.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index of words, written once a commit.
 *
 * <p>FTS5 gathers what is written in memory, but flushes it to a segment whenever row numbers do
 * not ascend. So what commands change is noted, and written in the order of rows before the commit,
 * and before a search inside the transaction.
 */
final class WordIndex {

    /** A text of a task that is searched; each has a row of its own in the index. */
    enum Part {
        TITLE("title", "title_words", 0),
        NOTES("notes", "notes_words", 1);

        private final String text;
        private final String column;
        private final int offset;

        Part(String text, String column, int offset) {
            this.text = text;
            this.column = column;
            this.offset = offset;
        }

        /** What the text is called. */
        String text() {
            return text;
        }

        /** The column of the task's row that holds the words as they were indexed. */
        String column() {
            return column;
        }

        /** The row of the index that a task's text has. */
        long row(long task) {
            return 2 * task + offset;
        }
    }

    private record Note(long row, String had, String has) {

        Note then(Note later) {
            return new Note(row, had, later.has);
        }
    }

    /** How much is noted, and how much of it is written. */
    record Mark(int noted, int written) {}

    private final Statements sql;
    private final List<Note> notes = new ArrayList<>();
    private int written;

    WordIndex(Statements statements) {
        sql = statements;
    }

    /** Notes a text of a new task; gives the words to keep in its row. */
    String begins(long task, Part part, String text) {
        return note(part.row(task), "", text);
    }

    /** Notes a task's new title; gives the words to keep in its row. */
    String retitles(Held task, String title) {
        return note(Part.TITLE.row(task.row()), task.titleWords(), title);
    }

    /**
     * Notes a task's new notes, while its row holds the old ones; gives the words to keep in it.
     * They may be long and change seldom, so they are read only now.
     */
    String annotates(Held task, String text) {
        String had =
                sql.first(
                                row -> row.getString(1),
                                "SELECT notes_words FROM task WHERE row = ?",
                                task.row())
                        .orElse("");
        return note(Part.NOTES.row(task.row()), had, text);
    }

    private String note(long row, String had, String text) {
        String has = Words.in(text);
        if (!had.equals(has)) {
            notes.add(new Note(row, had, has));
        }
        return has;
    }

    /** Where it stands. */
    Mark mark() {
        return new Mark(notes.size(), written);
    }

    /** Goes back to where it stood, since the transaction did. */
    void rewind(Mark mark) {
        notes.subList(mark.noted(), notes.size()).clear();
        written = mark.written();
    }

    /** Writes what is noted and not yet written. */
    void write() {
        Map<Long, Note> latest = new TreeMap<>();
        for (Note note : notes.subList(written, notes.size())) {
            latest.merge(note.row(), note, Note::then);
        }
        latest.values().forEach(this::write);
        written = notes.size();
    }

    private void write(Note note) {
        if (note.had().equals(note.has())) {
            return;
        }
        if (!note.had().isEmpty()) {
            sql.run(
                    "INSERT INTO task_words (task_words, rowid, words) VALUES ('delete', ?, ?)",
                    note.row(),
                    note.had());
        }
        if (!note.has().isEmpty()) {
            sql.run("INSERT INTO task_words (rowid, words) VALUES (?, ?)", note.row(), note.has());
        }
    }
}
