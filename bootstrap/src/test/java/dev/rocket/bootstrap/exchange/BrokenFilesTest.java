package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.operation.ExportStore;
import dev.rocket.core.operation.ImportStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files broken at random: a reader reads on or says where it cannot, and nothing else. */
class BrokenFilesTest {

    private static final int ROUNDS = 3_000;
    private static final byte[] NASTY =
            "\0\t\n\r \"\\:;,[]{}()+@-x0Z\u007f\u00e9\ufeff".getBytes(StandardCharsets.UTF_8);

    private static final String WARRIOR =
            """
            {"uuid":"865f0a1b-b580-42e1-87f5-4e9041272f56","description":"a",
            "due":"20260329T073000Z",
            "tags":["b"],"annotations":[{"entry":"20260102T100000Z","description":"c"}],
            "status":"completed","priority":"H","project":"P","end":"20260329T073000Z"}
            """
                    .replace("\n", "");

    private static final String TODO =
            "x 2026-03-29 2026-01-02 Call +home @phone due:2026-03-29 pri:A\n(B) b t:2026-03-01\n";

    private static final String ICAL =
            """
            BEGIN:VCALENDAR
            X-WR-CALNAME:Home
            BEGIN:VTODO
            UID:x
            SUMMARY:a
            DUE;TZID=Europe/Rome:20260329T093000
            CREATED:20260101T080000Z
            CATEGORIES:b,c
            BEGIN:VALARM
            TRIGGER:-PT15M
            END:VALARM
            END:VTODO
            END:VCALENDAR
            """;

    private static byte[] broken(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            boolean nasty = random.nextInt(4) > 0;
            bytes[at] = nasty ? NASTY[random.nextInt(NASTY.length)] : (byte) random.nextInt();
        }
        int length = random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return java.util.Arrays.copyOf(bytes, length);
    }

    private static void survives(Format format, String text) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = broken(text, random);
            String hint = "seed " + seed + " round " + round + ": ";
            try {
                Reading reading = Reading.of(format, bytes, Reading.MODIFIED);
                new ImportStore(new MemoryStore(), () -> Reading.MODIFIED)
                        .run(
                                reading.items().iterator(),
                                new ImportStore.Manner("test", false, false),
                                finding -> {},
                                settled -> {});
                read++;
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("file "), hint + e);
            } catch (RuntimeException e) {
                fail(hint + new String(bytes, StandardCharsets.ISO_8859_1), e);
            }
        }
        assertTrue(read < ROUNDS || format != Format.ROCKET, "no change was found");
    }

    @Test
    void taskwarrior_files_do() {
        survives(Format.TASKWARRIOR, "[\n" + WARRIOR + ",\n" + WARRIOR + "\n]\n");
        survives(Format.TASKWARRIOR, WARRIOR + "\n" + WARRIOR + "\n");
    }

    @Test
    void todo_txt_files_do() {
        survives(Format.TODOTXT, TODO);
    }

    @Test
    void calendars_do() {
        survives(Format.ICAL, ICAL);
    }

    @Test
    void exports_do() {
        StringBuilder out = new StringBuilder();
        new ExportStore(RandomStore.of(7)).run(() -> out, looked -> {});
        List<String> lines = out.toString().lines().limit(6).toList();
        survives(Format.ROCKET, String.join("\n", lines) + "\n");
    }
}
