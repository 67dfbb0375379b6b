package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    @TempDir private Path folder = Path.of("");

    private String line(String name, String... times) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (int i = 0; i < times.length; i++) {
                ZipEntry entry = new ZipEntry("file" + i);
                entry.setTimeLocal(LocalDateTime.parse(times[i]));
                out.putNextEntry(entry);
                out.closeEntry();
            }
        }
        return Component.of(jar).print(TODAY).replaceAll(" {2,}", "  ");
    }

    @Test
    void a_jar_is_as_old_as_its_newest_file() throws IOException {
        assertEquals(
                "some-lib  1.2.3-beta  2026-06-14  5 months",
                line("some-lib-1.2.3-beta.jar", "2021-01-01T00:00:00", "2026-06-14T18:53:06"));
        assertEquals(
                "some-lib  2  2024-04-20  2 years", line("some-lib-2.jar", "2024-04-20T18:05:56"));
        assertEquals(
                "some-lib  3  2026-11-25  1 day", line("some-lib-3.jar", "2026-11-25T18:05:56"));
    }

    @Test
    void a_jar_whose_times_were_set_alike_is_of_unknown_age() throws IOException {
        assertEquals("lib  1  age unknown", line("lib-1.jar", "1980-02-01T00:00:00"));
        assertEquals(
                "lib  2  age unknown",
                line("lib-2.jar", "2025-01-01T00:00:00", "2025-01-01T00:00:00"));
        assertEquals("rocket  -  age unknown", line("rocket.jar"));
    }

    @Test
    void about_names_every_component_with_its_version_and_age() {
        Run run = Run.of("about");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("Rocket "), run.out());
        assertTrue(
                run.out().matches("(?s).*\npicocli +\\d\\S+ +\\d{4}-\\d\\d-\\d\\d  \\d+ \\w+\n.*"),
                run.out());
        assertTrue(run.out().matches("(?s).*\nsqlite-jdbc +\\d\\S+ +age unknown\n.*"), run.out());
    }
}
