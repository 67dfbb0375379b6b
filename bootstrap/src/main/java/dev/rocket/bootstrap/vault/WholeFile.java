package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A file that its owner alone may read, and that is there whole and on disk or not at all.
 *
 * <p>It is written under a passing name beside its own and takes that in {@link #keep}; closed
 * before that, it leaves nothing behind. What a killed process left is deleted when the same file
 * is begun again, a day on.
 */
final class WholeFile implements AutoCloseable {

    private static final String PART = ".part";
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path path;
    private final Path passing;
    private final FileChannel channel;
    private final OutputStream out;
    private final Function<IOException, VaultException> failure;

    /**
     * Begins a file.
     *
     * @param path its folder must be there
     * @param failure what a failure to write it means
     */
    WholeFile(Path path, Function<IOException, VaultException> failure) {
        this.path = path.toAbsolutePath();
        this.failure = failure;
        try {
            // Passing files are made for their owner alone.
            this.passing = Files.createTempFile(folder(), prefix(), PART);
            this.channel = FileChannel.open(passing, StandardOpenOption.WRITE);
            this.out = Channels.newOutputStream(channel);
            clear();
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    private String prefix() {
        return "." + path.getFileName() + ".";
    }

    private Path folder() {
        return path.resolveSibling(".").normalize();
    }

    private void clear() throws IOException {
        FileTime now = Files.getLastModifiedTime(passing);
        FileTime old = FileTime.from(now.toInstant().minus(LEFT_BEHIND));
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(prefix())
                        && name.endsWith(PART)
                        && Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody else cleared it away, or has just finished.
        }
    }

    /** Where it is written for now. */
    Path passing() {
        return passing;
    }

    /** Appends the first bytes of some. */
    void write(byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    /** Makes what was written durable and gives it its name; a file of that name goes. */
    void keep() {
        try {
            channel.force(true);
            channel.close();
            Files.move(passing, path, StandardCopyOption.ATOMIC_MOVE);
            sync(folder());
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    /** Makes the names in a folder durable. */
    static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(passing);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }
}
