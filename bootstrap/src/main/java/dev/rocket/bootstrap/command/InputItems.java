package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.exchange.Items;
import dev.rocket.bootstrap.exchange.Origin;
import dev.rocket.core.operation.Finding;
import dev.rocket.core.operation.ImportItem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entities of several files of one format, as if they were one file.
 *
 * <p>So what a calendar program keeps in a file a to-do finds its parent in any of them. One file
 * is open at a time; {@link #close} closes it.
 */
final class InputItems implements Iterator<ImportItem>, AutoCloseable {

    private final ImportRun.Group group;
    private final ImportRun.Choice choice;
    private final Consumer<Finding> findings;
    private final Iterator<InputFile> files;
    private @Nullable Counted open;
    private @Nullable Items items;
    private long bytesBefore;

    /**
     * Reads files.
     *
     * @param findings hears what cannot be kept
     */
    InputItems(ImportRun.Group group, ImportRun.Choice choice, Consumer<Finding> findings) {
        this.group = group;
        this.choice = choice;
        this.findings = findings;
        this.files = group.files().iterator();
    }

    /** How many bytes were read so far. */
    long bytes() {
        return bytesBefore + (open == null ? 0 : open.bytes);
    }

    /**
     * Whether there is another; reads on, and opens the next file, when it must.
     *
     * @throws UncheckedIOException when a file cannot be read on
     */
    @Override
    public boolean hasNext() {
        try {
            while (items == null || !items.hasNext()) {
                close();
                if (!files.hasNext()) {
                    return false;
                }
                open(files.next());
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(InputFile file) throws IOException {
        Counted in = new Counted(group.opened().isPresent() ? group.opened().get() : file.open());
        open = in;
        Origin origin =
                new Origin(file.name(), file.modified(), choice.zone(), choice.project(), findings);
        items = new Items(group.format().open(origin, in));
    }

    @Override
    public ImportItem next() {
        if (!hasNext() || items == null) {
            throw new NoSuchElementException("the files hold no more");
        }
        return items.next();
    }

    @Override
    public void close() throws IOException {
        items = null;
        if (open != null) {
            bytesBefore += open.bytes;
            open.close();
            open = null;
        }
    }

    /** A stream that counts what was read from it. */
    private static final class Counted extends FilterInputStream {

        private long bytes;
        private long marked;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            bytes += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            bytes += Math.max(0, count);
            return count;
        }

        @Override
        public void mark(int limitBytes) {
            super.mark(limitBytes);
            marked = bytes;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            bytes = marked;
        }
    }
}
