package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A vault whose items are kept as they are.
 *
 * <p>One that was sealed is told by whoever has no key: it would else look like damage, on the day
 * on which a machine was lost and its settings with it.
 *
 * @param within where they are kept
 */
public record OpenVault(Vault within) implements Vault {

    @Override
    public List<Item> items(String prefix, String after) {
        return within.items(prefix, after);
    }

    @Override
    public void put(String name, Path file, LongConsumer progress) {
        within.put(name, file, progress);
    }

    @Override
    public void fetch(String name, Path target, LongConsumer progress) {
        within.fetch(name, target, progress);
        if (SealedVault.isSealed(target)) {
            try {
                Files.deleteIfExists(target);
            } catch (IOException e) {
                throw Sides.local(target).apply(e);
            }
            throw new VaultException(
                    VaultException.Kind.WRONG_KEY,
                    name
                            + " is sealed; set ROCKET_OFFSITE_KEY to the key that it was sealed"
                            + " with.");
        }
    }

    @Override
    public void delete(String name) {
        within.delete(name);
    }

    @Override
    public String toString() {
        return within.toString();
    }
}
