package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a store on SQLite, and the volume that they are on. */
final class StoreFiles {

    /** Space below which a server is not ready, in bytes. */
    static final long LEAST_FREE_BYTES = 64L << 20;

    /** A file that a command left half-written is left alone for so long: it may be at work. */
    static final Duration YOUNG = Duration.ofDays(1);

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path folder;
    private final boolean strict;

    StoreFiles(Path file, boolean strict) {
        this.file = file.toAbsolutePath().normalize();
        this.folder = this.file.resolveSibling("");
        this.strict = strict;
    }

    /** Whether the owner alone may read the files and the copies beside them. */
    List<Finding> modes() {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return List.of(Finding.ok("file modes", "this file system has none"));
        }
        Set<Path> all = new LinkedHashSet<>();
        for (String ending : List.of("", "-wal", "-shm", ".lock")) {
            all.add(file.resolveSibling(file.getFileName() + ending));
        }
        all.addAll(StoreKit.copiesBeside(file));
        List<Finding> findings = new ArrayList<>();
        int looked = 0;
        for (Path one : all) {
            if (Files.exists(one)) {
                looked++;
                mode(one, findings);
            }
        }
        String well = looked + " files, for their owner alone";
        return findings.isEmpty() ? List.of(Finding.ok("file modes", well)) : findings;
    }

    private void mode(Path one, List<Finding> findings) {
        Set<PosixFilePermission> mode;
        try {
            mode = Files.getPosixFilePermissions(one);
        } catch (IOException e) {
            throw failed(one, e);
        }
        if (!OWNER.containsAll(mode)) {
            String shown = PosixFilePermissions.toString(mode);
            String what = one + " may be used by others (" + shown + ")";
            String remedy = "chmod 600 '" + one + "'";
            Finding finding =
                    strict
                            ? Finding.failed("file modes", what, remedy)
                            : Finding.warning("file modes", what, remedy);
            findings.add(finding.mendedBy(() -> close(one, remedy)));
        }
    }

    private static String close(Path one, String command) {
        try {
            Files.setPosixFilePermissions(one, OWNER);
            return command;
        } catch (IOException e) {
            throw failed(one, e);
        }
    }

    /** Whether there is room to go on and to copy the data once. */
    List<Finding> disk() {
        String remedy = "df -h '" + folder + "'";
        try {
            FileStore volume = Files.getFileStore(Files.exists(file) ? file : folder);
            long free = volume.getUsableSpace();
            long data = Files.exists(file) ? Files.size(file) : 0;
            String space = Size.print(free) + " of " + Size.print(volume.getTotalSpace());
            String what = space + " free, data " + Size.print(data);
            if (free < LEAST_FREE_BYTES) {
                return List.of(Finding.failed("disk", what, remedy));
            }
            if (free < data + LEAST_FREE_BYTES) {
                String tight = what + ": not enough to copy it once";
                return List.of(Finding.warning("disk", tight, remedy));
            }
            return List.of(Finding.ok("disk", what));
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** What commands that were killed have left beside the file. */
    List<Finding> leftovers() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Finding> findings =
                    files.filter(StoreFiles::isLeftover).sorted().map(StoreFiles::left).toList();
            return findings.isEmpty()
                    ? List.of(Finding.ok("leftovers", "no half-written files"))
                    : findings;
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** By name and age: commands write under such a name before a file gets its own. */
    private static boolean isLeftover(Path file) {
        try {
            Instant young = Instant.now().minus(YOUNG);
            return String.valueOf(file.getFileName()).matches("\\..+\\.\\d+\\.part")
                    && Files.isRegularFile(file)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(young);
        } catch (IOException e) {
            // Somebody was faster and took it away.
            return false;
        }
    }

    private static Finding left(Path file) {
        String remedy = "rm '" + file + "'";
        return Finding.warning("leftovers", file + " was never finished", remedy)
                .mendedBy(() -> remove(file, remedy));
    }

    private static String remove(Path file, String command) {
        try {
            Files.deleteIfExists(file);
            return command;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static UncheckedIOException failed(Path path, IOException e) {
        return new UncheckedIOException(path + " cannot be used: " + e, e);
    }
}
