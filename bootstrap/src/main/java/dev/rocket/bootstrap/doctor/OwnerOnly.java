package dev.rocket.bootstrap.doctor;

import dev.rocket.core.operation.Diagnose.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a folder and all that is in it is for its owner alone.
 *
 * @param check what the check is called
 * @param folder need not be there
 * @param strict whether anything looser is a failure
 */
record OwnerOnly(String check, Path folder, boolean strict) {

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    /** Looks; one finding, however many files are too loose. */
    List<Finding> look() {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix || !Files.isDirectory(folder)) {
            String why = posix ? folder + " is not there" : "this file system has no modes";
            return List.of(Finding.ok(check, why));
        }
        List<Path> all = all();
        List<Path> loose = all.stream().filter(OwnerOnly::isLoose).toList();
        if (loose.isEmpty()) {
            String well = all.size() + " files and folders, for their owner alone";
            return List.of(Finding.ok(check, well));
        }
        String what =
                loose.size()
                        + " of "
                        + all.size()
                        + " may be used by others, such as "
                        + loose.getFirst()
                        + " ("
                        + PosixFilePermissions.toString(mode(loose.getFirst()))
                        + ")";
        String remedy = "chmod -R go= '" + folder + "'";
        Finding found =
                strict ? Finding.failed(check, what, remedy) : Finding.warning(check, what, remedy);
        return List.of(found.mendedBy(() -> close(loose, remedy)));
    }

    /** The folder and what is in it; links are not followed. */
    private List<Path> all() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isSymbolicLink(file)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed: " + e, e);
        }
    }

    private static boolean isLoose(Path file) {
        return !OWNER.containsAll(mode(file));
    }

    private static Set<PosixFilePermission> mode(Path file) {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // A passing file, gone since the folder was listed.
            return Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be looked at: " + e, e);
        }
    }

    private static String close(List<Path> loose, String command) {
        for (Path file : loose) {
            Set<PosixFilePermission> mode = EnumSet.copyOf(OWNER);
            mode.retainAll(mode(file));
            try {
                Files.setPosixFilePermissions(file, mode);
            } catch (IOException e) {
                // One that is gone by now is closed as well.
                if (Files.exists(file)) {
                    throw new UncheckedIOException(file + " cannot be closed: " + e, e);
                }
            }
        }
        return command;
    }
}
