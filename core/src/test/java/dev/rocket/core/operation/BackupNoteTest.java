package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.BackupNote.Bytes;
import dev.rocket.core.model.BackupNote.Check;
import dev.rocket.core.model.BackupNote.Verdict;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Seq;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackupNoteTest {

    private static final Instant MADE = Instant.parse("2026-03-29T02:30:00.123Z");

    private static BackupNote note() {
        Check check = new Check(Verdict.UNVERIFIED, MADE, "no \"space\"\nleft");
        Bytes file = new Bytes(4096, "ab".repeat(32));
        return new BackupNote(new Seq(12), MADE, "sqlite", file, Optional.empty(), check);
    }

    @Test
    void a_note_is_read_back_as_it_was_written() {
        BackupNote fresh = note();
        assertEquals(fresh, BackupNote.parse(fresh.print()));
        BackupNote verified =
                fresh.withDigest(new Digest(1, -2, Long.MIN_VALUE, 4, 99))
                        .checked(new Check(Verdict.VERIFIED, MADE.plusSeconds(9), "restored"));
        assertEquals(verified, BackupNote.parse(verified.print()));
    }

    @Test
    void a_note_that_was_damaged_is_refused() {
        Map<String, String> damages =
                Map.of(
                        "\"format\":1",
                        "\"format\":2",
                        "unverified",
                        "verifiedd",
                        "\"seq\":12",
                        "\"seq\":-12",
                        "\"seq\"",
                        "\"sea\"",
                        "2026-03",
                        "2026-13",
                        "abab",
                        "xbab",
                        "\"bytes\":4096",
                        "\"bytes\":-1",
                        "}",
                        "");
        damages.forEach(
                (part, instead) -> {
                    String damaged = note().print().replace(part, instead);
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> BackupNote.parse(damaged),
                            damaged);
                });
    }
}
