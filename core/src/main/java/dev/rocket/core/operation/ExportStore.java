package dev.rocket.core.operation;

import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Writing all of a store as lines of JSON.
 *
 * <p>The first line tells what follows; then one line an entity: projects, labels and members,
 * tasks, comments, each kind ascending by id. Tokens stay out. It is one consistent snapshot, read
 * twice: once for the digest in the first line. Memory does not grow with the store.
 */
public final class ExportStore {

    /** The version of the format that is written. */
    public static final int VERSION = 1;

    /** The kinds that are written, in that order. */
    public static final List<Image.Kind> KINDS =
            List.of(
                    Image.Kind.PROJECT,
                    Image.Kind.LABEL,
                    Image.Kind.MEMBER,
                    Image.Kind.TASK,
                    Image.Kind.COMMENT);

    private final Store store;

    /** Exports that store. */
    public ExportStore(Store store) {
        this.store = store;
    }

    /**
     * What an export holds.
     *
     * @param seq the place in the feed at which the store was read
     * @param digest of all its entities but tokens
     * @param counts entities of each kind
     */
    public record Contents(Seq seq, Digest digest, Map<Image.Kind, Long> counts) {

        /** Copies the map. */
        public Contents {
            counts = Map.copyOf(counts);
        }

        /** Entities of any kind. */
        public long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Where an export goes. */
    @FunctionalInterface
    public interface Output {

        /** Begins it, or begins it anew: what was written before is void. */
        Appendable begin() throws IOException;
    }

    /**
     * Writes the store; takes one consistent snapshot for as long as it runs.
     *
     * @param progress hears how many entities were looked at, twice the number that are written
     * @throws UncheckedIOException when the output fails
     */
    public Contents run(Output output, LongConsumer progress) {
        return store.read(
                snapshot -> {
                    Walk walk = new Walk(snapshot, progress);
                    Contents contents = walk.contents();
                    try {
                        write(output.begin(), contents, walk);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return contents;
                });
    }

    /** What an export would hold now. */
    public Contents contents(LongConsumer progress) {
        return store.read(snapshot -> new Walk(snapshot, progress).contents());
    }

    private static void write(Appendable out, Contents contents, Walk walk) throws IOException {
        StringBuilder line = new StringBuilder();
        JsonOut json = new JsonOut(line);
        json.begin()
                .plain("rocket", "export")
                .number("version", VERSION)
                .number("seq", contents.seq().value())
                .plain("digest", contents.digest().print())
                .name("counts")
                .begin();
        KINDS.forEach(kind -> json.number(kind.wire(), contents.counts().getOrDefault(kind, 0L)));
        json.end().end();
        out.append(line).append('\n');
        for (Image.Kind kind : KINDS) {
            walk.each(
                    kind,
                    image -> {
                        line.setLength(0);
                        line.append("{\"kind\":\"").append(kind.wire()).append("\",\"image\":");
                        ImageText.print(line, image);
                        append(out, line.append("}\n"));
                    });
        }
    }

    private static void append(Appendable out, StringBuilder line) {
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Walk {

        private final Snapshot snapshot;
        private final LongConsumer progress;
        private long looked;

        Walk(Snapshot snapshot, LongConsumer progress) {
            this.snapshot = snapshot;
            this.progress = progress;
        }

        Contents contents() {
            Digest[] digest = {Digest.EMPTY};
            Map<Image.Kind, Long> counts = new EnumMap<>(Image.Kind.class);
            for (Image.Kind kind : KINDS) {
                long before = digest[0].count();
                each(kind, image -> digest[0] = digest[0].plus(Digest.of(image)));
                counts.put(kind, digest[0].count() - before);
            }
            return new Contents(snapshot.seq(), digest[0], counts);
        }

        void each(Image.Kind kind, Consumer<Image> work) {
            for (Pages pages = new Pages(snapshot, kind); pages.hasNext(); ) {
                Page<Image> page = pages.next();
                page.items().forEach(work);
                looked += page.items().size();
                progress.accept(looked);
            }
        }
    }
}
