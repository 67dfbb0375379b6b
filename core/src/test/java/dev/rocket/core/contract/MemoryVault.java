package dev.rocket.core.contract;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;

/** The reference vault: all in memory, for tests alone. */
public final class MemoryVault implements Vault {

    private record Kept(ByteBuffer content) {}

    private final ConcurrentSkipListMap<String, Kept> kept = new ConcurrentSkipListMap<>();
    private final Instant now;

    /**
     * Begins empty.
     *
     * @param now when all items are put
     */
    public MemoryVault(Instant now) {
        this.now = now;
    }

    @Override
    public List<Item> items(String prefix, String after) {
        return kept.tailMap(after, false).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(e -> new Item(e.getKey(), e.getValue().content().remaining(), now))
                .limit(ITEMS)
                .toList();
    }

    @Override
    public void put(String name, Path file, LongConsumer progress) {
        check(name);
        try {
            byte[] content = Files.readAllBytes(file);
            kept.put(name, new Kept(ByteBuffer.wrap(content)));
            progress.accept(content.length);
        } catch (IOException e) {
            throw new VaultException(VaultException.Kind.LOCAL, file + " cannot be read.", e);
        }
    }

    @Override
    public void fetch(String name, Path target, LongConsumer progress) {
        check(name);
        Kept found = kept.get(name);
        if (found == null) {
            throw new VaultException(VaultException.Kind.MISSING, "There is no " + name + ".");
        }
        try {
            var owner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Files.deleteIfExists(target);
            Files.createFile(target, owner);
            Files.write(target, found.content().array(), StandardOpenOption.WRITE);
            progress.accept(found.content().remaining());
        } catch (IOException e) {
            throw new VaultException(VaultException.Kind.LOCAL, target + " cannot be made.", e);
        }
    }

    @Override
    public void delete(String name) {
        check(name);
        kept.remove(name);
    }

    private static void check(String name) {
        if (!Vault.isName(name)) {
            throw new IllegalArgumentException("not a name: " + name);
        }
    }
}
