package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether anybody on the machine may read a file that holds a secret.
 *
 * <p>A file in memory is left alone unless others may write beside it: that is how orchestrators
 * mount a secret into one container, and they make it readable by whatever user runs there. Rights
 * of the file's group are left alone too.
 */
final class Exposure {

    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private Exposure() {}

    /** What is wrong with a file's mode and what to type; empty when all is well. */
    static Optional<String> of(Path file) {
        try {
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (!posix || !isOpen(file) || isMounted(file)) {
                return Optional.empty();
            }
            return Optional.of(
                    file
                            + " holds a secret and may be read or changed by everybody on this"
                            + " machine; run: chmod o= '"
                            + file
                            + "'");
        } catch (IOException e) {
            // Whoever reads the file next tells why it cannot be read.
            return Optional.empty();
        }
    }

    private static boolean isOpen(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    }

    private static boolean isMounted(Path file) throws IOException {
        FileStore store = Files.getFileStore(file);
        Path folder = file.toRealPath().getParent();
        return MEMORY.contains(store.type())
                && folder != null
                && !Files.getPosixFilePermissions(folder)
                        .contains(PosixFilePermission.OTHERS_WRITE);
    }
}
