package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.ChangeText;
import dev.rocket.core.model.Seq;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A segment that is being written.
 *
 * <p>It has a passing name until it is sealed and on disk; what a killed process left under that is
 * written over by the next. Whoever archives in turns with others has a name of its own for it: one
 * that was paused amid its work never gives a name to what another is writing.
 */
final class SegmentWriter implements AutoCloseable {

    /** What passing names begin with. */
    static final String PASSING = ".sealing";

    private final Path folder;
    private final Path passing;
    private final Segment.Header header;
    private final FileChannel channel;
    private final Writer out;
    private byte[] hash;
    private int changes;
    private Seq last;

    /**
     * Begins a segment in a folder.
     *
     * @param whose tells the writer from others that archive in turns; empty when there are none
     */
    SegmentWriter(Path folder, String whose, Segment.Header header) throws IOException {
        this.folder = folder;
        this.header = header;
        this.last = header.after();
        this.passing = folder.resolve(PASSING + whose);
        Files.deleteIfExists(passing);
        Files.createFile(passing, ArchiveFolder.OWNER_FILE);
        this.channel = FileChannel.open(passing, StandardOpenOption.WRITE);
        this.out = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), 1 << 16);
        String line = header.print();
        this.hash = Segment.hash(new byte[0], line);
        out.write(line + "\n");
    }

    /** How many changes it holds so far. */
    int changes() {
        return changes;
    }

    /** The place of the last of them. */
    Seq last() {
        return last;
    }

    /** Appends a change. */
    void add(Change change) throws IOException {
        String line = ChangeText.print(change);
        hash = Segment.hash(hash, line);
        out.write(Segment.hex(hash), 0, Segment.MARK);
        out.write("\t" + line + "\n");
        changes++;
        last = change.seq();
    }

    /**
     * Ends the segment, makes it durable and gives it its name.
     *
     * @param fence is called right before it gets its name; what it throws leaves it without one
     */
    Segment seal(Runnable fence) throws IOException {
        Segment.End open = new Segment.End(changes, last, "");
        String whole = Segment.hex(Segment.hash(hash, open.printed()));
        Segment.End end = new Segment.End(changes, last, whole);
        out.write(end.print() + "\n");
        out.flush();
        channel.force(true);
        channel.close();
        Path file = folder.resolve(Segment.nameOf(header.number(), end));
        fence.run();
        Files.move(passing, file, StandardCopyOption.ATOMIC_MOVE);
        ArchiveFolder.sync(folder);
        return new Segment(file, header.number(), last, whole.substring(0, Segment.MARK));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(passing);
    }
}
