package dev.rocket.bootstrap.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text file that its owner alone may read, and that is there whole or not at all.
 *
 * <p>It is written under a passing name beside its own and takes that in {@link #keep}; closed
 * before that, it leaves nothing behind.
 */
final class OwnerFile implements AutoCloseable {

    private final Path path;
    private final Path passing;
    private @Nullable FileChannel channel;

    /** Begins a file; the folder must be there. */
    OwnerFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        Path folder = this.path.resolveSibling(".").normalize();
        String name = "." + this.path.getFileName() + ".";
        this.passing = Files.createTempFile(folder, name, ".part");
    }

    /** What to write to; what was written before is void. Buffered: flush it in the end. */
    BufferedWriter begin() throws IOException {
        close(channel);
        FileChannel opened =
                FileChannel.open(
                        passing, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        channel = opened;
        return new BufferedWriter(Channels.newWriter(opened, StandardCharsets.UTF_8), 1 << 16);
    }

    /**
     * Makes what was written durable and gives it its name.
     *
     * @param replace whether a file of that name goes
     * @throws java.nio.file.FileAlreadyExistsException when there is one that stays
     */
    void keep(boolean replace) throws IOException {
        if (channel != null) {
            channel.force(true);
            close(channel);
        }
        if (replace) {
            Files.move(passing, path, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.move(passing, path);
        }
    }

    @Override
    public void close() throws IOException {
        close(channel);
        Files.deleteIfExists(passing);
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** A writer to a file for its owner alone, which is there from the first line on. */
    static BufferedWriter writer(Path path) throws IOException {
        Set<OpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        Writer writer =
                Channels.newWriter(
                        FileChannel.open(path, options, rights(path, "rw-------")),
                        StandardCharsets.UTF_8);
        return new BufferedWriter(writer);
    }

    /** With what a folder is made that its owner alone may look into. */
    static FileAttribute<?>[] folder(Path folder) {
        return rights(folder, "rwx------");
    }

    private static FileAttribute<?>[] rights(Path path, String rights) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }
}
