package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.ChangeText;
import dev.rocket.core.model.Seq;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/**
 * A sealed segment that is read and checked line by line.
 *
 * <p>What it gave was what was sealed; it throws {@link dev.rocket.core.port.StoreException} with
 * CORRUPT at the first line that was not.
 */
final class SegmentReader implements AutoCloseable {

    private final Segment segment;
    private final InputStream in;
    private final Segment.Header header;
    private byte[] hash;
    private Seq last;
    private int changes;

    /** Opens a segment, and checks its first line. */
    SegmentReader(Segment segment) throws IOException {
        this.segment = segment;
        this.last = Seq.START;
        this.in = new BufferedInputStream(Files.newInputStream(segment.file()), 1 << 16);
        try {
            String line = line();
            this.header =
                    Segment.header(line)
                            .filter(found -> found.number() == segment.number())
                            .filter(found -> found.print().equals(line))
                            .orElseThrow(() -> segment.damaged("its first line was changed"));
            this.hash = Segment.hash(new byte[0], line);
            this.last = header.after();
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Its first line. */
    Segment.Header header() {
        return header;
    }

    /** The place of the last change that was given. */
    Seq last() {
        return last;
    }

    /** The next change; empty when it is sealed behind the last one. */
    Optional<Change> next() throws IOException {
        String line = line();
        if (line.startsWith("end ")) {
            end(line);
            return Optional.empty();
        }
        int mark = Segment.MARK;
        String text = line.length() > mark ? line.substring(mark + 1) : "";
        byte[] next = Segment.hash(hash, text);
        String shown = Segment.hex(next).substring(0, mark) + "\t";
        if (!line.startsWith(shown)) {
            throw damaged();
        }
        try {
            Change change = ChangeText.parse(text);
            if (!change.seq().isAfter(last)) {
                throw damaged();
            }
            hash = next;
            last = change.seq();
            changes++;
            return Optional.of(change);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private void end(String line) throws IOException {
        String end = new Segment.End(changes, last, "").printed();
        String whole = Segment.hex(Segment.hash(hash, end));
        Segment.End sealed = new Segment.End(changes, last, whole);
        boolean named = whole.startsWith(segment.mark()) && last.equals(segment.last());
        if (!line.equals(sealed.print()) || !named || in.read() >= 0) {
            throw segment.damaged(
                    "its end, behind Seq " + last.value() + ", is not what was sealed");
        }
    }

    private RuntimeException damaged() {
        return segment.damaged(
                "its line "
                        + (changes + 2)
                        + ", the change behind Seq "
                        + last.value()
                        + ", is not what was sealed");
    }

    /** The next line; its end is one byte and no other, so that none can go unseen. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw segment.damaged("it is cut off" + behind());
            }
            line.write(next);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw segment.damaged("it is no text any more" + behind());
        }
    }

    private String behind() {
        return changes == 0 ? "" : " behind Seq " + last.value();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
