package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.core.contract.Contract;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SearchedFlawsTest extends Contract {

    private static final int ROUNDS = 60;

    @TempDir Path folder;

    @Override
    protected Store open() {
        SqliteConfig config = SqliteConfig.at(folder.resolve("flaws.db")).withReaders(1);
        return SqliteStore.open(config, Meter.NONE);
    }

    private int search(String word) {
        TaskFilter filter = TaskFilter.ANY.withWords(Words.parse(word));
        Listing.Tasks tasks = new Listing.Tasks(filter, TaskOrder.CREATED, Cursor.START, 100);
        return read(snapshot -> snapshot.page(tasks)).items().size();
    }

    /** The one reader has seen segments of the index that the writer has merged since. */
    @Test
    void a_reader_that_searched_before_finds_no_flaw_in_what_was_written_since() {
        for (int round = 1; round <= ROUNDS; round++) {
            put(task("round " + round));
            if (round == ROUNDS / 2) {
                assertEquals(round, search("round"));
            }
        }
        assertEquals(List.of(), store().probe().flaws(10));
    }
}
