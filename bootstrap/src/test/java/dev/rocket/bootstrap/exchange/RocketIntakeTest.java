package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.operation.ExportStore;
import dev.rocket.core.operation.Finding;
import dev.rocket.core.operation.ImportStore;
import dev.rocket.core.operation.ImportStore.Result;
import dev.rocket.core.port.Store;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RocketIntakeTest {

    private static String export(Store store) {
        StringBuilder out = new StringBuilder();
        new ExportStore(store).run(() -> out, looked -> {});
        return out.toString();
    }

    private static ExportStore.Contents contents(Store store) {
        return new ExportStore(store).contents(looked -> {});
    }

    private static ImportStore.Report read(Store into, String export, List<Finding> findings)
            throws IOException {
        InputStream in =
                new BufferedInputStream(
                        new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)));
        Origin origin =
                new Origin("file", Reading.MODIFIED, Reading.ROME, Optional.empty(), findings::add);
        return new ImportStore(into, () -> Reading.MODIFIED)
                .run(
                        new Items(Format.ROCKET.open(origin, in)),
                        new ImportStore.Manner("rocket", false, false),
                        findings::add,
                        settled -> {});
    }

    @Test
    void a_random_store_comes_back_with_its_digest() throws IOException {
        for (int round = 0; round < 30; round++) {
            long seed = System.nanoTime();
            String hint = "seed " + seed;
            Store from = RandomStore.of(seed);
            Store to = new MemoryStore();
            List<Finding> findings = new ArrayList<>();
            ImportStore.Report report = read(to, export(from), findings);
            assertEquals(List.of(), findings, hint);
            assertEquals(contents(from).total(), report.count(Result.CREATED), hint);
            assertEquals(contents(from).digest(), contents(to).digest(), hint);
            long head = to.head().value();
            report = read(to, export(from), findings);
            assertEquals(contents(from).total(), report.count(Result.UNCHANGED), hint);
            assertEquals(head, to.head().value(), hint);
        }
    }

    @Test
    void windows_lines_are_no_matter() throws IOException {
        String export = export(RandomStore.of(1)).replace("\n", "\r\n");
        assertTrue(Reading.of(Format.ROCKET, "\ufeff" + export).items().size() > 2);
    }

    @Test
    void a_file_that_was_cut_short_is_an_error() {
        String export = export(RandomStore.of(1));
        String cut = export.substring(0, export.lastIndexOf('\n', export.length() - 2) + 1);
        String whole = "file is not whole: its digest does not fit its first line";
        assertEquals(whole, Reading.failure(Format.ROCKET, cut));
        assertEquals(whole, Reading.failure(Format.ROCKET, ""));
    }

    @Test
    void a_line_that_was_changed_is_an_error() {
        String export = export(RandomStore.of(1));
        String whole = "file is not whole: its digest does not fit its first line";
        assertEquals(
                whole, Reading.failure(Format.ROCKET, export.replace("\"Garden\"", "\"Gardens\"")));
        String broken = Reading.failure(Format.ROCKET, export.replace("\"Garden\"", "\"Garden"));
        assertTrue(broken.startsWith("file line 2"), broken);
        assertEquals(
                "file line 2 is no entity",
                Reading.failure(Format.ROCKET, export.replace("\"project\",", "\"token\",")));
    }

    @Test
    void a_line_that_is_no_utf_8_is_an_error_where_it_stands() throws IOException {
        byte[] bytes = export(RandomStore.of(1)).getBytes(StandardCharsets.UTF_8);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] bad = text.replace("Garden", "G\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        String failure = "";
        try {
            Reading.of(Format.ROCKET, bad, Reading.MODIFIED);
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
        assertEquals("file line 2 is not UTF-8; read as Latin-1", failure);
    }

    @Test
    void a_file_of_a_later_version_is_refused() {
        String export = export(RandomStore.of(1)).replace("\"version\":1", "\"version\":2");
        String failure = Reading.failure(Format.ROCKET, export);
        assertEquals("file was written in version 2 of the format; use a newer Rocket", failure);
        assertEquals(
                "file line 1 is not the first line of an export",
                Reading.failure(Format.ROCKET, "{}\n"));
    }
}
