package dev.rocket.bootstrap.command;

import dev.rocket.core.port.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The store that an import works on.
 *
 * <p>A rehearsal for a store that is not there yet works on an empty one elsewhere, which is gone
 * afterwards.
 *
 * @param store to import into
 * @param passing the folder to remove in the end
 */
record ImportTarget(Store store, Optional<Path> passing) implements AutoCloseable {

    /** Opens the store. */
    static ImportTarget open(StoreFile file, boolean rehearse) throws IOException {
        if (!rehearse || file.exists()) {
            Store store = rehearse ? file.openExisting() : file.open();
            return new ImportTarget(store, Optional.empty());
        }
        Path folder = Files.createTempDirectory("rocket-dry-run-");
        try {
            Store store = file.at(folder.resolve("empty.db")).open();
            return new ImportTarget(store, Optional.of(folder));
        } catch (RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
        if (passing.isPresent()) {
            remove(passing.get());
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
