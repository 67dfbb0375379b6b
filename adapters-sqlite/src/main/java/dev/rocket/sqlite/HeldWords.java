package dev.rocket.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the index of words holds, beside what the tasks' rows say was put into it.
 *
 * <p>The index keeps no text, so it is read word by word. Both sides are summed up by hashes, in
 * {@link #PARTS} parts by the number of the task's row, and the first part whose sums differ is
 * read again to name its tasks. Memory is bounded by the sums and the words of one part.
 */
final class HeldWords {

    /** Parts that are summed up, a power of two; of a million tasks, one holds about 15. */
    private static final int PARTS = 1 << 16;

    /** Bytes of a word that the engine keeps; FTS5's own bound. */
    private static final int LONGEST = 32_768;

    private static final long FNV = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    /** What reads each word of each row; it can only be made as a temporary table. */
    private static final String LIST =
            "CREATE VIRTUAL TABLE temp.held_words USING fts5vocab(main, task_words, instance)";

    private static final String HELD = "SELECT doc, term FROM temp.held_words";
    private static final String PUT = "SELECT row, title_words, notes_words, id FROM task";

    private final Statements sql;
    private final Consumer<String> tell;
    private final Runnable looked;
    private final long[] sums = new long[PARTS];
    private long held;

    /** Tells what is wrong, each in a sentence, and hears of each row that was looked at. */
    HeldWords(Statements statements, Consumer<String> tell, Runnable looked) {
        this.sql = statements;
        this.tell = tell;
        this.looked = looked;
    }

    /** Looks, in the transaction whose end also takes back the list that this makes. */
    void check() {
        sql.script("PRAGMA query_only = OFF");
        try {
            sql.script(LIST);
        } finally {
            sql.script("PRAGMA query_only = ON");
        }
        sql.each(this::add, HELD);
        sql.each(this::takeOut, PUT);
        long wrong = Arrays.stream(sums).filter(sum -> sum != 0).count();
        if (wrong > 0 && held == 0) {
            tell.accept("the index of words is empty");
        } else if (wrong > 0) {
            int part = 0;
            while (sums[part] == 0) {
                part++;
            }
            name(part);
            if (wrong > 1) {
                tell.accept("the index of words has other words than other tasks have, too");
            }
        }
    }

    private void add(ResultSet row) throws SQLException {
        long doc = row.getLong(1);
        sums[part(doc)] += hash(doc, row.getBytes(2));
        held++;
        looked.run();
    }

    private void takeOut(ResultSet row) throws SQLException {
        for (WordIndex.Part text : WordIndex.Part.values()) {
            long doc = text.row(row.getLong(1));
            for (byte[] word : words(row, text)) {
                sums[part(doc)] -= hash(doc, word);
            }
        }
        looked.run();
    }

    /** The part of the task that has a row of the index. */
    private static int part(long doc) {
        return (int) (doc >> 1) & (PARTS - 1);
    }

    private static long hash(long doc, byte[] word) {
        long hash = FNV;
        for (byte letter : word) {
            hash = (hash ^ (letter & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (doc * MIX)) * MIX;
        return (hash ^ (hash >>> 32)) * MIX;
    }

    /** The words of a text as the engine keeps them. */
    private static Set<byte[]> words(ResultSet row, WordIndex.Part text) throws SQLException {
        Set<byte[]> words = new TreeSet<>(Arrays::compare);
        String all = row.getString(text == WordIndex.Part.TITLE ? 2 : 3);
        for (String word : all.split(" ", -1)) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            words.add(bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes);
        }
        words.remove(new byte[0]);
        return words;
    }

    private void name(int part) {
        Map<Long, Set<byte[]>> index = new TreeMap<>();
        sql.each(
                row -> {
                    if (part(row.getLong(1)) == part) {
                        index.computeIfAbsent(row.getLong(1), doc -> new TreeSet<>(Arrays::compare))
                                .add(row.getBytes(2));
                    }
                },
                HELD);
        sql.each(
                row -> {
                    for (WordIndex.Part text : WordIndex.Part.values()) {
                        Set<byte[]> own = words(row, text);
                        Set<byte[]> there = index.remove(text.row(row.getLong(1)));
                        if (there == null ? !own.isEmpty() : !there.equals(own)) {
                            tell.accept(
                                    "task "
                                            + SqliteRows.uuid(row.getBytes(4))
                                            + " is found by other words than its "
                                            + text.text()
                                            + " has");
                        }
                    }
                },
                PUT + " WHERE row & " + (PARTS - 1) + " = " + part);
        index.keySet().stream()
                .map(doc -> "the index of words has words of row " + doc + ", which no task has")
                .forEach(tell);
    }
}
