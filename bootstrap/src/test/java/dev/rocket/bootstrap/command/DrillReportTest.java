package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.Backup;
import dev.rocket.core.operation.DrillRestore.Loss;
import dev.rocket.core.operation.DrillRestore.Report;
import dev.rocket.core.operation.DrillRestore.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillReportTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T05:30:00.123456789Z");

    @TempDir private Path folder = Path.of("");

    private static DrillReport report(Instant began, Tried... tried) {
        BackupNote note =
                new BackupNote(
                        new Seq(720),
                        began.minusSeconds(10_800),
                        "sqlite",
                        new BackupNote.Bytes(925_696, "ab".repeat(32)),
                        Optional.empty(),
                        new BackupNote.Check(Verdict.VERIFIED, began, "restored"));
        Backup backup = new Backup(Path.of("rocket-000001.db"), Optional.of(note));
        Optional<Loss> loss = Optional.of(new Loss(2, 17, Duration.ofHours(3)));
        Duration restoring = Duration.ofMillis(270);
        Duration recovery = Duration.ofMillis(1_920);
        return new DrillReport(
                new Report(
                        backup,
                        began,
                        Verdict.VERIFIED,
                        "restored",
                        restoring,
                        recovery,
                        List.of(tried),
                        loss));
    }

    private static Tried tried(String what, Optional<String> failure) {
        return new Tried(what, Duration.ofMillis(40), failure);
    }

    @Test
    void the_text_says_first_whether_it_works_and_then_how_long_and_what_is_lost() {
        List<String> lines =
                report(BEGAN, tried("a server starts on it", Optional.empty()))
                        .text()
                        .lines()
                        .toList();
        assertEquals("The recovery works", lines.get(0));
        assertEquals("  ok    a server starts on it, 40 ms", lines.get(1));
        assertEquals("recovery time 1.9 s", lines.get(2));
        assertEquals(
                "data loss     2 of 17 changes since the backup, which is 3 h old", lines.get(3));
        assertEquals("drilled       2031-01-01T05:30:00Z", lines.get(4));
    }

    @Test
    void a_page_of_a_failure_says_why_and_holds_no_markup_of_others() {
        String why = "answered <b>500</b> & \"no\"";
        String page = report(BEGAN, tried("it is changed", Optional.of(why))).page();
        assertTrue(page.contains("<h1 class=\"bad\">THE RECOVERY FAILS</h1>"), page);
        assertTrue(page.contains("failed: answered &lt;b&gt;500&lt;/b&gt; &amp; &quot;no&quot;"));
        assertFalse(page.contains("<b>"), page);
        assertFalse(page.contains("{aims}") || page.contains("{facts}"), page);
    }

    @Test
    void a_folder_keeps_the_newest_twenty_for_their_owner_alone() throws IOException {
        Path drills = folder.resolve("drills");
        for (int day = 0; day < 23; day++) {
            report(BEGAN.plus(Duration.ofDays(day))).write(drills);
        }
        try (Stream<Path> files = Files.list(drills)) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(60, names.size());
            assertEquals("drill-20310104T053000Z.html", names.get(0));
        }
        assertEquals(
                PosixFilePermissions.fromString("rwx------"),
                Files.getPosixFilePermissions(drills));
    }
}
