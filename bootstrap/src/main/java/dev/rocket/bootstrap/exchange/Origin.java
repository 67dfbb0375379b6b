package dev.rocket.bootstrap.exchange;

import dev.rocket.core.operation.Finding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a reader knows of a file beside its bytes.
 *
 * @param name the file's name for people
 * @param modified when it was last written; stands in where a task has no instants
 * @param zone where days begin, and what instants without a zone are shown in
 * @param project where tasks go that name none
 * @param findings hears what cannot be kept
 */
public record Origin(
        String name,
        Instant modified,
        ZoneId zone,
        Optional<String> project,
        Consumer<? super Finding> findings) {

    /** A place in the file, for people. */
    String place(String detail) {
        return name + " " + detail;
    }

    /** Tells of something that the store will not hold. */
    void lost(String where, String field, String value, String why) {
        findings.accept(new Finding(Finding.Fate.LOST, where, field, value, why));
    }

    /** Tells of something that the store will hold elsewhere. */
    void moved(String where, String field, String value, String why) {
        findings.accept(new Finding(Finding.Fate.MOVED, where, field, value, why));
    }
}
