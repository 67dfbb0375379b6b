package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** What is told of files on this side, and how bytes come over. */
final class Sides {

    private static final int BUFFER = 1 << 16;

    /** Less than that is no space. */
    private static final long NO_SPACE = 1 << 20;

    private Sides() {}

    /** What the failure of a file on this side means. */
    static Function<IOException, VaultException> local(Path path) {
        return e ->
                isFull(path)
                        ? full(path, e)
                        : new VaultException(
                                VaultException.Kind.LOCAL, path + ": " + reason(e) + ".", e);
    }

    /** No space is left where a file should be. */
    static VaultException full(Path path, IOException e) {
        return new VaultException(
                VaultException.Kind.FULL, path + ": no space is left there; make some.", e);
    }

    /** Whether no space is left where a file should be. */
    static boolean isFull(Path path) {
        Path folder = path.toAbsolutePath().resolveSibling(".").normalize();
        try {
            return Files.getFileStore(folder).getUsableSpace() < NO_SPACE;
        } catch (IOException e) {
            return false;
        }
    }

    /** Why a file could not be used. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "this program may not use it";
        }
        return String.valueOf(e.getMessage());
    }

    /** Lets plain names pass. */
    static void check(String name) {
        if (!Vault.isName(name)) {
            throw new IllegalArgumentException("not a name of an item: " + name);
        }
    }

    /** Opens a file on this side. */
    static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw local(file).apply(e);
        }
    }

    /** The size of a file on this side. */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw local(file).apply(e);
        }
    }

    /**
     * Brings all of a stream into a file.
     *
     * @param failure what a failure to read means
     * @param progress hears how many bytes are over
     */
    static void copy(
            InputStream in,
            WholeFile out,
            Function<IOException, VaultException> failure,
            LongConsumer progress) {
        byte[] buffer = new byte[BUFFER];
        long over = 0;
        for (int got = buffer.length; got == buffer.length; ) {
            got = fill(in, buffer, failure);
            out.write(buffer, got);
            over += got;
            progress.accept(over);
        }
    }

    private static int fill(
            InputStream in, byte[] buffer, Function<IOException, VaultException> failure) {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }
}
