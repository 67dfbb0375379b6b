package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.exchange.Format;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.operation.Finding;
import dev.rocket.core.operation.ImportStore;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The import of one group of files after the other into one store.
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

    /**
     * Files that are imported as if they were one.
     *
     * @param format which all of them have
     * @param opened the stream of the only one, where that can be opened but once
     */
    record Group(Format format, List<InputFile> files, Optional<InputStream> opened) {

        /** What people call it. */
        String name() {
            return files.size() == 1 ? files.get(0).name() : files.size() + " files";
        }

        /** How long all are; negative when that is not known. */
        long sizeBytes() throws IOException {
            long sum = 0;
            for (InputFile file : files) {
                long size = file.sizeBytes();
                if (size < 0) {
                    return -1;
                }
                sum += size;
            }
            return sum;
        }
    }

    /** What the import of a group came to. */
    record Outcome(Group group, ImportStore.Report report) {}

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
     * Files in their order, neighbours of one format together.
     *
     * @throws ConfigException when a file's format is not recognised
     */
    static List<Group> groups(List<InputFile> files, Choice choice) throws IOException {
        List<Group> groups = new ArrayList<>();
        for (InputFile file : files) {
            InputStream in = file.open();
            boolean kept = false;
            try {
                Format format = format(file, in, choice);
                Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
                if (!file.isRegular()) {
                    groups.add(new Group(format, List.of(file), Optional.of(in)));
                    kept = true;
                } else if (last != null && last.format() == format && last.opened().isEmpty()) {
                    last.files().add(file);
                } else {
                    List<InputFile> first = new ArrayList<>(List.of(file));
                    groups.add(new Group(format, first, Optional.empty()));
                }
            } finally {
                if (!kept) {
                    in.close();
                }
            }
        }
        return groups;
    }

    /**
     * Imports one group.
     *
     * @throws IOException when a file cannot be read to its end; the message says what stands
     */
    Outcome run(Group group, Progress progress) throws IOException {
        long[] settled = {0};
        ImportStore.Manner manner =
                new ImportStore.Manner(group.format().wire(), choice.update(), choice.rehearse());
        try (InputItems items = new InputItems(group, choice, findings)) {
            ImportStore.Report report =
                    new ImportStore(store, InstantSource.system())
                            .run(
                                    items,
                                    manner,
                                    findings,
                                    entities -> {
                                        settled[0] = entities;
                                        progress.to(items.bytes(), entities);
                                    });
            return new Outcome(group, report);
        } catch (UncheckedIOException e) {
            throw broken(Objects.requireNonNull(e.getCause()), settled[0]);
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
        String what = e instanceof FileSystemException ? "cannot read " : "";
        return new IOException(what + e.getMessage() + stands, e);
    }
}
