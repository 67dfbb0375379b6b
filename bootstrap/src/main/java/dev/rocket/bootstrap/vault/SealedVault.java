package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A vault whose items only holders of its key can read.
 *
 * <p>Nobody else can change them unseen either. A sealed item is a header, which names the key and
 * holds a salt, and chunks of 64 KiB under AES-256-GCM ({@link Chunks}). The item's key comes from
 * the secret, the item's name and the salt, so an item under another's name is found. The salt
 * comes from the content: the same file is sealed to the same bytes, and an interrupted upload goes
 * on; whoever watches the place can tell no more than that. Sizes and names are not hidden. A file
 * is sealed, and what is fetched is opened, by way of a passing file.
 */
public final class SealedVault implements Vault {

    private static final byte[] MAGIC = "RKTSEAL1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_AT = MAGIC.length + SealKey.ID_BYTES;
    private static final int HEADER_BYTES = SALT_AT + 32;

    private final Vault within;
    private final List<SealKey> keys;
    private final Path work;

    /**
     * Seals what goes into another vault.
     *
     * @param keys the first seals; all of them open
     * @param work a folder for passing files, with room for the largest item
     */
    public SealedVault(Vault within, List<SealKey> keys, Path work) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("sealing takes a key");
        }
        this.within = within;
        this.keys = List.copyOf(keys);
        this.work = work;
    }

    /** Whether a file was fetched as it was sealed. */
    static boolean isSealed(Path file) {
        try (InputStream in = Sides.open(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            throw Sides.local(file).apply(e);
        }
    }

    @Override
    public List<Item> items(String prefix, String after) {
        return within.items(prefix, after);
    }

    @Override
    public void delete(String name) {
        within.delete(name);
    }

    @Override
    public void put(String name, Path file, LongConsumer progress) {
        Sides.check(name);
        long size = Sides.size(file);
        Path passing = passing();
        try (WholeFile sealed = new WholeFile(passing, Sides.local(passing))) {
            seal(name, file, sealed);
            // Bytes of the sealed file are told as bytes of the file, which is a little smaller.
            within.put(name, sealed.passing(), over -> progress.accept(Math.min(over, size)));
        }
    }

    @Override
    public void fetch(String name, Path target, LongConsumer progress) {
        Sides.check(name);
        Path passing = passing();
        try (WholeFile sealed = new WholeFile(passing, Sides.local(passing));
                WholeFile out = new WholeFile(target, Sides.local(target))) {
            within.fetch(name, sealed.passing(), progress);
            try (InputStream in = Sides.open(sealed.passing())) {
                open(name, new PushbackInputStream(in), out);
            } catch (IOException e) {
                throw Sides.local(sealed.passing()).apply(e);
            }
            out.keep();
        }
    }

    private Path passing() {
        return work.resolve("sealing");
    }

    private void seal(String name, Path file, WholeFile sealed) {
        SealKey key = keys.get(0);
        byte[] salt = key.salt(name, hash(file));
        byte[] header =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(key.id()).put(salt).array();
        sealed.write(header, header.length);
        Chunks chunks = new Chunks(key.of(name, salt), header);
        byte[] buffer = new byte[Chunks.PLAIN];
        try (PushbackInputStream in = new PushbackInputStream(Sides.open(file))) {
            boolean last = false;
            while (!last) {
                int got = in.readNBytes(buffer, 0, buffer.length);
                last = isAtEnd(in);
                byte[] chunk = chunks.seal(buffer, got, last);
                sealed.write(chunk, chunk.length);
            }
        } catch (IOException e) {
            throw Sides.local(file).apply(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what can be read can be sealed", e);
        }
    }

    private static boolean isAtEnd(PushbackInputStream in) throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next < 0;
    }

    private static byte[] hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[Chunks.PLAIN];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                sha.update(buffer, 0, got);
            }
            return sha.digest();
        } catch (IOException e) {
            throw Sides.local(file).apply(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void open(String name, PushbackInputStream in, WholeFile out) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES
                || !Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)) {
            throw new VaultException(
                    VaultException.Kind.WRONG_KEY,
                    name
                            + " is not sealed, or its first bytes are damaged; unset"
                            + " ROCKET_OFFSITE_KEY to fetch what was put without one.");
        }
        byte[] id = Arrays.copyOfRange(header, MAGIC.length, SALT_AT);
        byte[] salt = Arrays.copyOfRange(header, SALT_AT, HEADER_BYTES);
        Chunks chunks = new Chunks(key(name, id).of(name, salt), header);
        byte[] buffer = new byte[Chunks.SEALED];
        boolean last = false;
        for (long place = 0; !last; place++) {
            int got = in.readNBytes(buffer, 0, buffer.length);
            last = isAtEnd(in);
            try {
                byte[] plain = chunks.open(buffer, got, last);
                out.write(plain, plain.length);
            } catch (GeneralSecurityException e) {
                throw changed(name, place * Chunks.PLAIN, e);
            }
        }
    }

    private static VaultException changed(String name, long at, Exception e) {
        return new VaultException(
                VaultException.Kind.CORRUPT,
                name
                        + " is not what was put: it was changed, cut or swapped "
                        + at
                        + " bytes in. Take another copy.",
                e);
    }

    private SealKey key(String name, byte[] id) {
        Optional<SealKey> found =
                keys.stream().filter(key -> Arrays.equals(key.id(), id)).findFirst();
        return found.orElseThrow(
                () ->
                        new VaultException(
                                VaultException.Kind.WRONG_KEY,
                                name
                                        + " was sealed with key "
                                        + HexFormat.of().formatHex(id)
                                        + ", not with "
                                        + keys.get(0)
                                        + "; add that key to ROCKET_OFFSITE_KEY, behind a comma."));
    }

    @Override
    public String toString() {
        return within + " (sealed)";
    }
}
