package dev.rocket.core.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a backup holds, and what a check said of it.
 *
 * @param seq the place at which it was taken
 * @param made when, by the clock of that moment
 * @param engine of the store that it was taken from
 * @param file the bytes of its file
 * @param digest of all entities; empty until a check has read them
 * @param check the newest one
 */
public record BackupNote(
        Seq seq, Instant made, String engine, Bytes file, Optional<Digest> digest, Check check) {

    private static final long FORMAT = 1;

    /** What was found when a backup was looked at. */
    public enum Verdict {
        /** It was restored, and held what the store held. */
        VERIFIED,
        /** It was looked at and is not what it should be. */
        FAILED,
        /** Nobody has looked at it yet, or could. */
        UNVERIFIED;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The lower-case name that files and reports use. */
        public String wire() {
            return wire;
        }

        private static Verdict parse(String wire) {
            for (Verdict verdict : values()) {
                if (verdict.wire.equals(wire)) {
                    return verdict;
                }
            }
            throw new IllegalArgumentException("no verdict is called " + wire);
        }
    }

    /**
     * The outcome of one check.
     *
     * @param verdict what was found
     * @param at when
     * @param why a clause for people
     */
    public record Check(Verdict verdict, Instant at, String why) {}

    /**
     * The bytes of a file, told without holding them.
     *
     * @param count how many
     * @param sha256 64 hexadecimal digits
     */
    public record Bytes(long count, String sha256) {

        private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");

        /** Refuses what cannot be a size or a checksum with IllegalArgumentException. */
        public Bytes {
            if (count < 0 || !SHA.matcher(sha256).matches()) {
                throw new IllegalArgumentException("not a size and a checksum: " + count);
            }
        }
    }

    /** The verdict of the newest check. */
    public Verdict verdict() {
        return check.verdict();
    }

    /** The same after another check. */
    public BackupNote checked(Check newer) {
        return new BackupNote(seq, made, engine, file, digest, newer);
    }

    /** The same, with what the entities come to. */
    public BackupNote withDigest(Digest all) {
        return new BackupNote(seq, made, engine, file, Optional.of(all), check);
    }

    /** The text that {@link #parse} reads back: one JSON object and a line's end. */
    public String print() {
        StringBuilder out = new StringBuilder();
        JsonOut json = new JsonOut(out).begin();
        members(json.number("format", FORMAT)).end();
        return out.append('\n').toString();
    }

    /** Writes what it says into an object. */
    public JsonOut members(JsonOut json) {
        json.number("seq", seq.value()).instant("made", made).text("engine", engine);
        json.number("bytes", file.count()).plain("sha256", file.sha256());
        if (digest.isPresent()) {
            json.number("entities", digest.get().count()).plain("digest", digest.get().print());
        }
        json.plain("verdict", verdict().wire()).instant("checked", check.at());
        return json.text("why", check.why());
    }

    /** Reads a note. Refuses what is none with IllegalArgumentException. */
    public static BackupNote parse(String text) {
        JsonIn in = JsonIn.of(text.strip());
        if (in.number("format") != FORMAT) {
            throw new IllegalArgumentException("a note of another format");
        }
        try {
            return new BackupNote(
                    new Seq(in.number("seq")),
                    in.instant("made"),
                    in.text("engine"),
                    new Bytes(in.number("bytes"), in.text("sha256")),
                    in.find("digest").map(hex -> Digest.parse(hex, in.number("entities"))),
                    new Check(
                            Verdict.parse(in.text("verdict")),
                            in.instant("checked"),
                            in.text("why")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not an instant: " + e.getMessage(), e);
        }
    }
}
