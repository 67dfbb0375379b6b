package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Refused;
import dev.rocket.core.operation.Diagnose.Check;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnoseTest {

    private final List<Finding> heard = new ArrayList<>();

    private List<Finding> run(boolean mend, Check... checks) {
        return new Diagnose(List.of(checks)).run(mend, heard::add);
    }

    private static Check check(String name, Finding... findings) {
        return new Check(name, () -> List.of(findings));
    }

    @Test
    void findings_are_told_in_order_and_the_worst_counts() {
        Finding well = Finding.ok("one", "fine");
        Finding late = Finding.warning("two", "late", "hurry");
        Finding gone = Finding.failed("two", "gone", "fetch it");
        assertEquals(
                List.of(well, late, gone),
                run(false, check("one", well), check("two", late, gone)));
        assertEquals(List.of(well, late, gone), heard);
        assertEquals(Verdict.FAILED, Diagnose.worst(heard));
        assertEquals(Verdict.WARNING, Diagnose.worst(List.of(late, well)));
        assertEquals(Verdict.OK, Diagnose.worst(List.of()));
    }

    @Test
    void a_check_that_fails_is_a_finding_and_the_next_is_run() {
        StoreException full = new StoreException(StoreException.Kind.FULL, "The disk is full.");
        Check broken =
                new Check(
                        "disk",
                        () -> {
                            throw full;
                        });
        List<Finding> found = run(false, broken, check("next", Finding.ok("next", "fine")));
        assertEquals(
                Finding.failed("disk", "The disk is full.", "free some space: df -h"),
                found.get(0));
        assertEquals("next", found.get(1).check());
    }

    @Test
    void whoever_reads_a_finding_is_told_what_to_do() {
        assertEquals("", Finding.ok("one", "fine").remedy());
        for (String nothing : List.of("", " ")) {
            assertThrows(
                    IllegalArgumentException.class, () -> Finding.warning("one", "late", nothing));
            assertThrows(
                    IllegalArgumentException.class, () -> Finding.failed("one", "gone", nothing));
        }
        List<RuntimeException> all = new ArrayList<>();
        for (StoreException.Kind kind : StoreException.Kind.values()) {
            all.add(new StoreException(kind, "It failed."));
        }
        all.add(new VaultException(VaultException.Kind.UNAVAILABLE, "It failed."));
        all.add(new UncheckedIOException(new IOException("It failed.")));
        all.add(Refused.invalid("it", "failed"));
        for (RuntimeException e : all) {
            Check broken =
                    new Check(
                            "broken",
                            () -> {
                                throw e;
                            });
            assertFalse(run(false, broken).get(0).remedy().isBlank(), e.toString());
        }
    }

    @Test
    void only_what_is_asked_for_is_mended() {
        List<String> done = new ArrayList<>();
        Finding open =
                Finding.failed("modes", "open", "chmod 600 x")
                        .mendedBy(
                                () -> {
                                    done.add("x");
                                    return "chmod 600 x";
                                });
        assertEquals(Verdict.FAILED, run(false, check("modes", open)).get(0).verdict());
        assertEquals(List.of(), done);
        assertEquals(
                List.of(Finding.ok("modes", "mended: chmod 600 x")),
                run(true, check("modes", open)));
        assertEquals(List.of("x"), done);
    }

    @Test
    void what_cannot_be_mended_keeps_its_verdict_and_says_why() {
        Finding open =
                Finding.warning("modes", "open", "chmod 600 x")
                        .mendedBy(
                                () -> {
                                    throw new UncheckedIOException(new IOException("not yours"));
                                });
        Finding found = run(true, check("modes", open)).get(0);
        assertEquals(Verdict.WARNING, found.verdict());
        assertEquals("chmod 600 x", found.remedy());
        assertTrue(found.evidence().contains("mending it failed"), found.evidence());
        assertTrue(found.evidence().contains("not yours"), found.evidence());
    }

    @Test
    void sizes_have_the_unit_that_fits() {
        assertEquals("0 B", Size.print(0));
        assertEquals("1023 B", Size.print(1023));
        assertEquals("1.0 KiB", Size.print(1024));
        assertEquals("1.5 MiB", Size.print(3 << 19));
        assertEquals("64.0 GiB", Size.print(64L << 30));
    }
}
