package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Label;
import dev.rocket.core.operation.ImportItem.Exactness;
import dev.rocket.core.operation.ImportStore.Result;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");

    private static List<ImportItem> read(String export) {
        List<ImportItem> items = new ArrayList<>();
        for (String line : export.lines().skip(1).toList()) {
            int kind = line.indexOf("\",\"image\":");
            String image = line.substring(kind + 10, line.length() - 1);
            Image.Kind of = Image.Kind.parse(line.substring(9, kind));
            items.add(new ImportItem(ImageText.parse(of, image), "line", Exactness.EXACT));
        }
        return items;
    }

    @Test
    void what_is_exported_and_imported_has_the_same_digest() {
        for (int round = 0; round < 20; round++) {
            long seed = System.nanoTime();
            String hint = "seed " + seed;
            Store from = SampleStore.of(seed);
            StringBuilder out = new StringBuilder();
            ExportStore.Contents contents = new ExportStore(from).run(() -> out, n -> {});
            assertTrue(out.toString().startsWith("{\"rocket\":\"export\",\"version\":1,"), hint);
            assertTrue(out.indexOf("\"digest\":\"" + contents.digest().print()) > 0, hint);
            assertEquals(-1, out.indexOf("\"token\""), hint);

            Store to = new MemoryStore();
            List<Finding> findings = new ArrayList<>();
            ImportStore.Report report =
                    new ImportStore(to, () -> NOW)
                            .run(
                                    read(out.toString()).iterator(),
                                    new ImportStore.Manner("rocket", false, false),
                                    findings::add,
                                    n -> {});
            assertEquals(List.of(), findings, hint);
            assertEquals(contents.total(), report.count(Result.CREATED), hint);
            assertEquals(contents.digest(), new ExportStore(to).contents(n -> {}).digest(), hint);
        }
    }

    @Test
    void the_first_line_counts_what_follows() {
        Store store = new MemoryStore();
        SampleStore.apply(store, Label.named(new Label.Id(new java.util.UUID(1, 1)), "home", NOW));
        StringBuilder out = new StringBuilder();
        ExportStore.Contents contents = new ExportStore(store).run(() -> out, n -> {});
        String counts =
                "\"counts\":{\"project\":0,\"label\":1,\"member\":0,\"task\":0,\"comment\":0}}";
        assertTrue(out.toString().lines().findFirst().orElseThrow().endsWith(counts));
        assertEquals(2, out.toString().lines().count());
        assertEquals(store.head(), contents.seq());
    }
}
