package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.exchange.Format;
import dev.rocket.bootstrap.exchange.Items;
import dev.rocket.bootstrap.exchange.Origin;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.operation.Finding;
import dev.rocket.core.operation.ImportStore;
import dev.rocket.core.port.Store;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The import of one file after the other into one store.
 *
 * @param store where to
 * @param choice how
 * @param findings hears what could not be kept
 */
record ImportRun(Store store, Choice choice, Consumer<Finding> findings) {

    /**
     * How to import.
     *
     * @param format the one that all files have; empty when each shows its own
     * @param zone where days begin and instants are shown
     * @param project where tasks go that name none
     * @param update whether what differs is replaced
     * @param rehearse whether to change nothing and only tell
     */
    record Choice(
            Optional<Format> format,
            ZoneId zone,
            Optional<String> project,
            boolean update,
            boolean rehearse) {}

    /** What the import of one file came to. */
    record Outcome(InputFile file, Format format, ImportStore.Report report) {}

    /** The format of a file. */
    static Format format(InputFile file, InputStream in, Choice choice) throws IOException {
        Optional<Format> format = choice.format().isPresent() ? choice.format() : file.format(in);
        return format.orElseThrow(
                () -> {
                    String known = String.join(", ", Format.names());
                    String what = " is in no format that is recognised; name it with --format: ";
                    return new ConfigException(List.of(file.name() + what + known + "."));
                });
    }

    /**
     * Imports one file.
     *
     * @throws IOException when it cannot be read to its end; the message says what stands
     */
    Outcome run(InputFile file, Progress progress) throws IOException {
        long[] settled = {0};
        try (Counted in = new Counted(file.open())) {
            Format format = format(file, in, choice);
            Origin origin =
                    new Origin(
                            file.name(),
                            file.modified(),
                            choice.zone(),
                            choice.project(),
                            findings);
            ImportStore.Manner manner =
                    new ImportStore.Manner(format.wire(), choice.update(), choice.rehearse());
            ImportStore.Report report =
                    new ImportStore(store, InstantSource.system())
                            .run(
                                    new Items(format.open(origin, in)),
                                    manner,
                                    findings,
                                    entities -> {
                                        settled[0] = entities;
                                        progress.to(in.bytes, entities);
                                    });
            return new Outcome(file, format, report);
        } catch (UncheckedIOException e) {
            throw broken(Objects.requireNonNull(e.getCause()), settled[0]);
        } catch (IOException e) {
            throw broken(e, settled[0]);
        }
    }

    private IOException broken(IOException e, long settled) {
        String stands =
                choice.rehearse()
                        ? "; nothing was changed"
                        : "; "
                                + settled
                                + " entities before that are in the store. Mend that and run"
                                + " this again: nothing comes twice";
        return new IOException(e.getMessage() + stands, e);
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
