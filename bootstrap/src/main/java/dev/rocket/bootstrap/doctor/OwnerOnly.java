package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.wiring.LooseFiles;
import dev.rocket.core.operation.Diagnose.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** Looks; one finding, however many files are too loose. */
    List<Finding> look() {
        boolean posix = LooseFiles.hasModes(folder);
        if (!posix || !Files.isDirectory(folder)) {
            String why = posix ? folder + " is not there" : "this file system has no modes";
            return List.of(Finding.ok(check, why));
        }
        List<Path> all = all();
        List<Path> loose = all.stream().filter(LooseFiles::isLoose).toList();
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
                        + PosixFilePermissions.toString(LooseFiles.mode(loose.getFirst()))
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

    private static String close(List<Path> loose, String command) {
        for (Path file : loose) {
            Set<PosixFilePermission> mode = EnumSet.copyOf(LooseFiles.OWNER);
            mode.retainAll(LooseFiles.mode(file));
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
