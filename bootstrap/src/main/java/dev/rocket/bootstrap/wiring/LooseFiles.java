package dev.rocket.bootstrap.wiring;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a folder that others than its owner may use. */
public final class LooseFiles {

    /** All that a folder or a file may allow. */
    public static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private static final System.Logger LOG = System.getLogger("dev.rocket.config");

    private LooseFiles() {}

    /** Whether files on that file system have modes. */
    public static boolean hasModes(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether others than its owner may use it. */
    public static boolean isLoose(Path file) {
        return !OWNER.containsAll(mode(file));
    }

    /** The mode of a file; nothing is allowed of one that is gone. */
    public static Set<PosixFilePermission> mode(Path file) {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // A passing file, gone since the folder was listed.
            return Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be looked at: " + e, e);
        }
    }

    /**
     * Looks at a folder as at a database's file when it is opened. One that is closed itself lets
     * nobody reach what is in it, so that is looked at in an open one alone.
     *
     * @param folder need not be there
     * @param strict whether a file that others may use is refused, not only told
     * @throws StoreException with FOREIGN when it is
     */
    static void check(Path folder, boolean strict) {
        if (!hasModes(folder) || !Files.isDirectory(folder) || !isLoose(folder)) {
            return;
        }
        Optional<Path> loose = loose(folder);
        if (loose.isEmpty()) {
            return;
        }
        String finding =
                loose.get()
                        + " may be used by others than its owner; run: chmod -R go= '"
                        + folder
                        + "'";
        if (strict) {
            throw new StoreException(Kind.FOREIGN, finding);
        }
        LOG.log(System.Logger.Level.WARNING, finding);
    }

    private static Optional<Path> loose(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(LooseFiles::isLoose)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed: " + e, e);
        }
    }
}
