package dev.rocket.core.operation;

import dev.rocket.core.model.Refused;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.VaultException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looking at everything that an operator would look at by hand.
 *
 * <p>The checks are run one after the other, in order. One that fails because the machine does is a
 * failed finding, and the others are run all the same.
 */
public final class Diagnose {

    private final List<Check> checks;

    /** Runs these checks. */
    public Diagnose(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** How bad it is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** It works, but somebody should see to it. */
        WARNING,
        /** It does not work, or is not safe. */
        FAILED;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The lower-case name, as printed. */
        public String wire() {
            return wire;
        }
    }

    /** What mends a finding without harm. It says in a few words what it did. */
    public interface Mend extends Supplier<String> {}

    /**
     * What one check found.
     *
     * @param check its name
     * @param verdict how bad it is
     * @param evidence what was seen, each number with its unit
     * @param remedy a command to type or what else to do; empty when all is well alone
     * @param mend the remedy as an act, when it is safe
     */
    public record Finding(
            String check, Verdict verdict, String evidence, String remedy, Optional<Mend> mend) {

        /** Refuses a finding that leaves its reader alone, with IllegalArgumentException. */
        public Finding {
            if (verdict != Verdict.OK && remedy.isBlank()) {
                throw new IllegalArgumentException(check + " has no remedy: " + evidence);
            }
        }

        /** All is well. */
        public static Finding ok(String check, String evidence) {
            return new Finding(check, Verdict.OK, evidence, "", Optional.empty());
        }

        /** Somebody should see to it. */
        public static Finding warning(String check, String evidence, String remedy) {
            return new Finding(check, Verdict.WARNING, evidence, remedy, Optional.empty());
        }

        /** It does not work, or is not safe. */
        public static Finding failed(String check, String evidence, String remedy) {
            return new Finding(check, Verdict.FAILED, evidence, remedy, Optional.empty());
        }

        /** The same, and how to mend it. */
        public Finding mendedBy(Mend act) {
            return new Finding(check, verdict, evidence, remedy, Optional.of(act));
        }
    }

    /**
     * A check.
     *
     * @param name in a word or two
     * @param look looks; gives at least one finding
     */
    public record Check(String name, Supplier<List<Finding>> look) {}

    /**
     * Runs all checks.
     *
     * @param mend whether to do what is safe; a finding that was mended is well and says what was
     *     done
     * @param heard hears each finding as soon as there is one
     * @return every finding, in order
     */
    public List<Finding> run(boolean mend, Consumer<Finding> heard) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            for (Finding found : look(check)) {
                Finding finding = mend ? mended(found) : found;
                heard.accept(finding);
                findings.add(finding);
            }
        }
        return List.copyOf(findings);
    }

    private static List<Finding> look(Check check) {
        try {
            return check.look().get();
        } catch (StoreException | VaultException | UncheckedIOException | Refused e) {
            return List.of(failed(check.name(), e));
        }
    }

    /** What an exception comes to, with what to do by its kind. */
    public static Finding failed(String check, RuntimeException e) {
        return Finding.failed(check, String.valueOf(e.getMessage()), remedy(e));
    }

    private static String remedy(RuntimeException e) {
        if (e instanceof StoreException failure) {
            return remedy(failure.kind());
        }
        return e instanceof VaultException
                ? "see that the place off-site can be reached, then look again: rocket doctor"
                : "see that this user may read what it names, then look again: rocket doctor";
    }

    private static String remedy(StoreException.Kind kind) {
        return switch (kind) {
            case OVERLOADED, UNAVAILABLE, UNKNOWN_OUTCOME, CLOSED ->
                    "mend what it names, then look again: rocket doctor";
            case FULL -> "free some space: df -h";
            case READ_ONLY -> "give this user the right to write there, or name another place";
            case CORRUPT -> "rocket verify; what is lost comes back by: rocket restore latest";
            case FOREIGN -> "do what it says, or name another place: rocket config";
            case LOCKED -> "end what has it open, then look again: rocket doctor";
        };
    }

    private static Finding mended(Finding found) {
        if (found.mend().isEmpty()) {
            return found;
        }
        try {
            return Finding.ok(found.check(), "mended: " + found.mend().get().get());
        } catch (UncheckedIOException e) {
            String why = found.evidence() + "; mending it failed: " + e.getMessage();
            return new Finding(
                    found.check(), found.verdict(), why, found.remedy(), Optional.empty());
        }
    }

    /** The worst verdict; OK when there is no finding. */
    public static Verdict worst(List<Finding> findings) {
        return findings.stream().map(Finding::verdict).max(Verdict::compareTo).orElse(Verdict.OK);
    }
}
