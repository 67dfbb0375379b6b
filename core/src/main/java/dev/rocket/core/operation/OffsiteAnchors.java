package dev.rocket.core.operation;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What stands for segments that were let go off-site.
 *
 * <p>Each anchor has a name of its own, by its number, and the last one counts; so whoever was
 * paused and puts an older one changes nothing.
 */
final class OffsiteAnchors {

    private static final String PREFIX = "feed/anchor-";

    private final Vault vault;
    private final Path work;

    /** Those in a vault; passing files are made in a folder. */
    OffsiteAnchors(Vault vault, Path work) {
        this.vault = vault;
        this.work = work;
    }

    private static String nameOf(Anchor anchor) {
        return PREFIX + "%010d".formatted(anchor.number());
    }

    /**
     * The one that counts; empty when nothing was let go.
     *
     * @throws StoreException with CORRUPT when it is damaged
     */
    Optional<Anchor> newest() throws IOException {
        Optional<String> name = Optional.empty();
        for (VaultItems items = new VaultItems(vault, PREFIX, ""); items.hasNext(); ) {
            name = Optional.of(items.next().name());
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path fetched = work.resolve(".anchor-fetched");
        try {
            vault.fetch(name.get(), fetched, done -> {});
            return Optional.of(Anchor.read(fetched, name.get() + " in " + vault));
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    /** Puts one and reads it back. */
    void put(Anchor anchor) throws IOException {
        Path written = work.resolve(".anchor-put");
        try {
            Files.writeString(written, anchor.print());
            new CopyOffsite(vault, work).run(nameOf(anchor), written, done -> {});
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Deletes those before the one that counts. */
    void clear(Anchor newest) {
        String last = nameOf(newest);
        for (VaultItems items = new VaultItems(vault, PREFIX, ""); items.hasNext(); ) {
            String name = items.next().name();
            if (name.compareTo(last) < 0) {
                vault.delete(name);
            }
        }
    }
}
