package dev.rocket.core.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A named piece of maintenance: who does it, and how it went.
 *
 * <p>It is an entity like any other, so its changes in the feed are its history, and whoever does
 * it is told apart from others by its {@link Revision}: a lease is taken, renewed and ended by
 * changes that expect one. Followers of the feed never see it.
 *
 * @param id for ever; follows from the name
 * @param revision its changes so far
 * @param name 1 to 40 of a-z, 0-9 and -, a letter first
 * @param lease who does it now
 * @param last how it went when it was done last
 * @param covered the newest appointed time that was seen to
 * @param succeeded when it went well last
 * @param failures how many runs in a row failed or were given up
 * @param stamp first taken and last changed
 */
public record Job(
        Id id,
        Revision revision,
        String name,
        Optional<Lease> lease,
        Optional<Run> last,
        Optional<Instant> covered,
        Optional<Instant> succeeded,
        int failures,
        Stamp stamp)
        implements Image {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** The id of a job. */
    public record Id(UUID value) implements Image.Id<Job> {

        /** The id of the job of that name, on every server. */
        public static Id of(String name) {
            byte[] bytes = ("rocket/job/" + name).getBytes(StandardCharsets.UTF_8);
            return new Id(UUID.nameUUIDFromBytes(bytes));
        }

        @Override
        public Kind kind() {
            return Kind.JOB;
        }

        @Override
        public Class<Job> type() {
            return Job.class;
        }
    }

    /**
     * The right to do it.
     *
     * @param holder the server, as told to people
     * @param fence the job's revision when the lease was taken; no two leases of a job share it
     * @param until when it ends unless it is renewed, by the holder's clock
     */
    public record Lease(String holder, Revision fence, Instant until) {

        /** Cuts the instant to whole milliseconds. */
        public Lease {
            until = millis(until);
        }
    }

    /** How a run ended. */
    public enum Result {
        /** It did what it is for. */
        OK,
        /** It did not; it is tried again. */
        FAILED,
        /** There was nothing to do, or no moment to do it in; it waits for its next time. */
        SKIPPED;

        private final String wire = name().toLowerCase(java.util.Locale.ROOT);

        /** The lower-case name in files and on the network. */
        public String wire() {
            return wire;
        }

        /** The result of that name. Refuses an unknown one with IllegalArgumentException. */
        public static Result parse(String wire) {
            for (Result result : values()) {
                if (result.wire.equals(wire)) {
                    return result;
                }
            }
            throw new IllegalArgumentException("no result is called " + wire);
        }
    }

    /**
     * One run.
     *
     * @param by the server that did it
     * @param started by its clock
     * @param ended by its clock
     * @param result how it ended
     * @param detail one line for people, with figures; cut to {@link #DETAIL_CHARS}
     */
    public record Run(String by, Instant started, Instant ended, Result result, String detail) {

        /** The most characters of a detail. */
        public static final int DETAIL_CHARS = 1_000;

        /** Cuts the instants to whole milliseconds and the detail to one line. */
        public Run {
            started = millis(started);
            ended = millis(ended);
            detail = cut(detail);
        }

        private static String cut(String text) {
            StringBuilder line = new StringBuilder(Math.min(text.length(), DETAIL_CHARS));
            text.strip()
                    .codePoints()
                    .limit(DETAIL_CHARS / 2)
                    .map(c -> Character.isISOControl(c) || isHalf(c) ? ' ' : c)
                    .forEach(line::appendCodePoint);
            return line.toString().strip();
        }

        private static boolean isHalf(int c) {
            return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        }
    }

    /** Refuses a name that is none with IllegalArgumentException; cuts to whole milliseconds. */
    public Job {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a job: " + name);
        }
        covered = covered.map(Job::millis);
        succeeded = succeeded.map(Job::millis);
    }

    /** A job that is taken for the first time. */
    public static Job born(String name, String holder, Instant until, Instant now) {
        Lease lease = new Lease(holder, Revision.FIRST, until);
        return new Job(
                Id.of(name),
                Revision.FIRST,
                name,
                Optional.of(lease),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Stamp.born(now));
    }

    /** A job that nobody does: it notes that something was so, and since when. */
    public static Job noted(String name, Optional<Run> run, Instant now) {
        return new Job(
                Id.of(name),
                Revision.FIRST,
                name,
                Optional.empty(),
                run,
                Optional.empty(),
                Optional.empty(),
                0,
                Stamp.born(now));
    }

    /** The job, taken; a lease that was still there counts as a run that failed. */
    public Job taken(String holder, Instant until, Instant now) {
        Lease taken = new Lease(holder, revision.next(), until);
        return new Job(
                id,
                revision.next(),
                name,
                Optional.of(taken),
                last,
                covered,
                succeeded,
                lease.isPresent() ? failures + 1 : failures,
                stamp.touched(now));
    }

    /** The job with its lease lasting longer. */
    public Job renewed(Instant until, Instant now) {
        Optional<Lease> longer = lease.map(was -> new Lease(was.holder(), was.fence(), until));
        return with(longer, now);
    }

    /** The job, given back as if it had not been taken. */
    public Job released(Instant now) {
        return with(Optional.empty(), now);
    }

    /**
     * The job after a run.
     *
     * @param covers the appointed time that the run saw to, unless it failed; empty to leave what
     *     was
     */
    public Job ran(Run run, Optional<Instant> covers) {
        boolean failed = run.result() == Result.FAILED;
        boolean well = run.result() == Result.OK;
        return new Job(
                id,
                revision.next(),
                name,
                Optional.empty(),
                Optional.of(run),
                failed ? covered : covers.or(() -> covered),
                well ? Optional.of(run.ended()) : succeeded,
                failed ? failures + 1 : 0,
                stamp.touched(run.ended()));
    }

    /** The job without the words in which its last run is told, for eyes that they are not for. */
    public Job untold() {
        Optional<Run> silent =
                last.map(run -> new Run(run.by(), run.started(), run.ended(), run.result(), ""));
        return new Job(id, revision, name, lease, silent, covered, succeeded, failures, stamp);
    }

    private Job with(Optional<Lease> other, Instant now) {
        return new Job(
                id,
                revision.next(),
                name,
                other,
                last,
                covered,
                succeeded,
                failures,
                stamp.touched(now));
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
