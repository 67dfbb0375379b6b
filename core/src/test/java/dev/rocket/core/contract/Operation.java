package dev.rocket.core.contract;

import java.util.Optional;

/**
 * One call on a register, with the time it took and its answer.
 *
 * @param kind what was asked
 * @param text what was to be written; for an EDIT, with the revision expected
 * @param expected the revision that an EDIT expected, 0 elsewhere
 * @param answer what came back
 * @param invoked nanoseconds, when it was asked
 * @param answered nanoseconds, when the answer was there
 */
record Operation(
        Kind kind, String text, long expected, Answer answer, long invoked, long answered) {

    /** What may be asked. */
    enum Kind {
        READ,
        CREATE,
        EDIT,
        BLIND_EDIT,
        DELETE
    }

    /**
     * What a register answers.
     *
     * @param outcome how it went
     * @param revision the revision read, made or found instead; 0 where there is none
     * @param text the text that was read
     */
    record Answer(Outcome outcome, long revision, String text) {}

    /** How a call went. */
    enum Outcome {
        DONE,
        STALE,
        MISSING,
        EXISTS
    }

    /**
     * A register between two calls.
     *
     * @param revision of its last change, deletions included; 0 when it never was
     * @param text what it holds; empty while it is not there
     */
    record Register(long revision, Optional<String> text) {

        /** Never written. */
        static final Register UNBORN = new Register(0, Optional.empty());
    }

    /** The register after this call, when its answer fits what it should have met. */
    Optional<Register> after(Register before) {
        Register done =
                switch (kind) {
                    case READ -> before;
                    case CREATE, EDIT, BLIND_EDIT ->
                            new Register(before.revision + 1, Optional.of(text));
                    case DELETE -> new Register(before.revision + 1, Optional.empty());
                };
        Answer right = right(before, done);
        if (!right.equals(answer)) {
            return Optional.empty();
        }
        return Optional.of(right.outcome == Outcome.DONE ? done : before);
    }

    private Answer right(Register before, Register done) {
        boolean there = before.text.isPresent();
        if (kind == Kind.CREATE) {
            return there
                    ? new Answer(Outcome.EXISTS, 0, "")
                    : new Answer(Outcome.DONE, done.revision, "");
        }
        if (!there) {
            return new Answer(Outcome.MISSING, 0, "");
        }
        if (kind == Kind.EDIT && expected != before.revision) {
            return new Answer(Outcome.STALE, before.revision, "");
        }
        String read = kind == Kind.READ ? before.text.get() : "";
        return new Answer(Outcome.DONE, done.revision, read);
    }
}
