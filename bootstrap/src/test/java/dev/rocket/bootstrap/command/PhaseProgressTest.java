package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseProgressTest {

    private static MoveView view(String phase, String detail, long rows) throws IOException {
        return MoveView.parse(
                "{\"phase\":\""
                        + phase
                        + "\",\"here\":\"a\",\"since\":\"2026-03-28T09:00:00.000Z\",\"rows\":"
                        + rows
                        + ",\"at\":"
                        + rows
                        + ",\"end\":200000,\"detail\":\""
                        + detail
                        + "\",\"plan\":[\"X=1\"]}");
    }

    @Test
    void each_phase_tells_what_it_does_how_far_it_is_and_what_it_came_to() throws IOException {
        StringWriter text = new StringWriter();
        AtomicLong nanos = new AtomicLong();
        try (PhaseProgress progress = new PhaseProgress(new PrintWriter(text), nanos::get)) {
            progress.show(view("copying", "copying the store", 10));
            nanos.set(2_000_000_000L);
            progress.show(view("copying", "copying the store", 50_000));
            progress.show(view("tailing", "waits before comparing", 0));
            progress.show(view("done", "at b", 0));
        }
        assertEquals(
                """
                copying: copying the store
                copying: 50000 rows, changes, 25000 a second, about 6 s of the feed left
                copying: 50000 rows, 25000 a second, 2000 ms
                tailing: waits before comparing
                tailing: 0 ms
                """,
                text.toString());
    }

    @Test
    void a_status_is_told_line_by_line_without_what_is_not_there() throws IOException {
        assertEquals(
                """
                phase     idle since 2026-03-28T09:00:00.000Z
                store     a
                          nothing
                          X=1
                """,
                view("idle", "nothing", 0).text());
    }
}
