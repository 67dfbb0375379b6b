package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the move of a store is.
 *
 * @param phase what is done now, or how it ended
 * @param to where it goes; empty when none was ever asked for
 * @param since when the phase began
 * @param rows changes, receipts, entities that were copied, or looked at, in this phase
 * @param at the place up to which the copy has come
 * @param end the place at which the source ends
 * @param freezes how often writes were held up
 * @param frozen for how long the last time
 * @param isPaused whether it waits to be told to go on
 * @param detail a sentence for people
 * @param plan what a dry run found, a line each; after a move the settings of the next start
 */
public record MoveStatus(
        Phase phase,
        Optional<String> to,
        Instant since,
        long rows,
        Seq at,
        Seq end,
        int freezes,
        Duration frozen,
        boolean isPaused,
        String detail,
        List<String> plan) {

    /** What is done, one after the other, and how it ends. */
    public enum Phase {
        /** Nothing was asked for. */
        IDLE,
        /** Places, rights and space are looked at. */
        PREFLIGHT,
        /** The store as it was is copied. */
        COPYING,
        /** What was written meanwhile follows. */
        TAILING,
        /** Source and copy are compared, and the copy follows. */
        COMPARING,
        /** Writes are held up, the last changes follow, the copy takes over. */
        FREEZING,
        /** The copy is in charge. */
        DONE,
        /** It failed, and the source is in charge. */
        FAILED,
        /** It was told to end, and the source is in charge. */
        ABORTED;

        /** The word on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is under way. */
        public boolean isUnderWay() {
            return compareTo(PREFLIGHT) >= 0 && compareTo(FREEZING) <= 0;
        }
    }

    /** Before any. */
    static MoveStatus idle(Instant now) {
        return new MoveStatus(
                Phase.IDLE,
                Optional.empty(),
                now,
                0,
                Seq.START,
                Seq.START,
                0,
                Duration.ZERO,
                false,
                "no move was asked for",
                List.of());
    }

    /** One that begins. */
    static MoveStatus begun(String to, Instant now) {
        return new MoveStatus(
                Phase.PREFLIGHT,
                Optional.of(to),
                now,
                0,
                Seq.START,
                Seq.START,
                0,
                Duration.ZERO,
                false,
                "begins when no other maintenance is done",
                List.of());
    }

    /** In another phase. */
    MoveStatus in(Phase next, String what, Instant now) {
        return new MoveStatus(next, to, now, 0, at, end, freezes, frozen, false, what, plan);
    }

    /** Further on in the same phase. */
    MoveStatus at(long nowRows, Seq nowAt, Seq nowEnd) {
        return new MoveStatus(
                phase, to, since, nowRows, nowAt, nowEnd, freezes, frozen, isPaused, detail, plan);
    }

    /** Waiting, or no longer. */
    MoveStatus paused(boolean waits) {
        return new MoveStatus(
                phase, to, since, rows, at, end, freezes, frozen, waits, detail, plan);
    }

    /** With something to say. */
    MoveStatus saying(String what) {
        return new MoveStatus(
                phase, to, since, rows, at, end, freezes, frozen, isPaused, what, plan);
    }

    /** After one more freeze. */
    MoveStatus frozen(Duration held) {
        return new MoveStatus(
                phase, to, since, rows, at, end, freezes + 1, held, isPaused, detail, plan);
    }

    /** With lines to print. */
    MoveStatus planned(List<String> lines) {
        return new MoveStatus(
                phase, to, since, rows, at, end, freezes, frozen, isPaused, detail, lines);
    }
}
