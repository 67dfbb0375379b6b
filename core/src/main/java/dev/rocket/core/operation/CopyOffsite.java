package dev.rocket.core.operation;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Keeping a copy of a file off-site, and reading it back.
 *
 * <p>A copy counts when it came back with the same SHA-256: a place that says yes and keeps
 * nothing, or something else, is found.
 */
public final class CopyOffsite {

    private final Vault vault;
    private final Path work;

    /**
     * Copies into a vault.
     *
     * @param work a folder for what is read back, with room for the largest file
     */
    public CopyOffsite(Vault vault, Path work) {
        this.vault = vault;
        this.work = work;
    }

    /**
     * Puts a file, fetches it back and compares; the same call again goes on where it was
     * interrupted. A copy that is not what was put is deleted.
     *
     * @param progress hears how many bytes are over, those read back included: up to twice the
     *     file's size
     * @return the SHA-256 of the file, in hexadecimal digits
     * @throws VaultException when the place failed; {@link VaultException.Kind#CORRUPT} when it did
     *     not keep what was put
     */
    public String run(String name, Path file, LongConsumer progress) {
        Path back = work.resolve(".read-back");
        try {
            String hash = FileHash.of(file);
            long size = Files.size(file);
            vault.put(name, file, progress);
            fetch(name, back, over -> progress.accept(size + over));
            if (!FileHash.of(back).equals(hash)) {
                vault.delete(name);
                throw changed(name);
            }
            return hash;
        } catch (IOException e) {
            String what = file + " or " + back + " cannot be read: " + e.getMessage();
            throw new VaultException(VaultException.Kind.LOCAL, what, e);
        } finally {
            delete(back);
        }
    }

    private static VaultException changed(String name) {
        return new VaultException(
                VaultException.Kind.CORRUPT,
                name
                        + " came back changed: the place does not keep what it is given. The copy"
                        + " was deleted there.");
    }

    private void fetch(String name, Path back, LongConsumer progress) {
        try {
            vault.fetch(name, back, progress);
        } catch (VaultException e) {
            if (e.kind() == VaultException.Kind.MISSING) {
                throw new VaultException(
                        VaultException.Kind.CORRUPT,
                        name + " was taken and is not there: the place keeps nothing.",
                        e);
            }
            throw e;
        }
    }

    private static void delete(Path back) {
        try {
            Files.deleteIfExists(back);
        } catch (IOException e) {
            throw new VaultException(VaultException.Kind.LOCAL, back + " cannot be deleted.", e);
        }
    }
}
