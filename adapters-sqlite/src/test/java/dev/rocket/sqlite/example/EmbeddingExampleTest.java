package dev.rocket.sqlite.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingExampleTest {

    private static final List<String> FEED = List.of("task.create", "task.edit");

    @TempDir private Path folder = Path.of("");

    private static List<String> printed(Path file) throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            EmbeddingExample.main(new String[] {file.toString()});
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void the_example_prints_its_task_and_then_the_feed() throws InterruptedException {
        Path file = folder.resolve("plants.db");
        assertEquals(List.of("Water the plants: DONE", FEED.get(0), FEED.get(1)), printed(file));
        assertTrue(Files.exists(file));
    }

    @Test
    void what_the_example_wrote_is_there_when_it_runs_again() throws InterruptedException {
        Path file = folder.resolve("plants.db");
        int first = printed(file).size();
        List<String> second = printed(file);
        assertEquals(2L * first, second.size(), second.toString());
        assertEquals(FEED, second.subList(2, 4), second.toString());
        assertEquals(FEED, second.subList(4, 6), second.toString());
    }
}
