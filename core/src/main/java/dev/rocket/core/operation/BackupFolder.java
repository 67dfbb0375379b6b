package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups: files with a note beside each.
 *
 * <p>A backup is called {@code rocket-<number>-<instant>.db}. The number counts backups, so names
 * sort in the order in which they were made, whatever the clock said. Work in progress has names
 * that begin with a dot, and takes its real one when it is whole and durable: first the note, then
 * the file, so that a file never lacks its note; deleting goes the other way round. Whoever changes
 * anything holds the folder's lock, which ends with its process.
 */
public final class BackupFolder {

    private static final Pattern NAME = Pattern.compile("rocket-(\\d{6,18})-\\d{8}T\\d{6}Z");
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern PASSING = Pattern.compile("\\.taking\\..*|\\..*\\.new");
    private static final String FILE = ".db";
    private static final String NOTE = ".json";
    private static final String SCRATCH = ".scratch";

    private final Path folder;

    /** The backups in a folder, which need not be there yet. */
    public BackupFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** All backups in it, the oldest first; none when the folder is not there. */
    public List<Backup> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> stem(file, FILE).isPresent())
                    .sorted(Comparator.comparingLong(BackupFolder::number))
                    .map(file -> new Backup(file, note(file)))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The newest verified one. */
    public Optional<Backup> newestVerified() throws IOException {
        return list().reversed().stream().filter(Backup::isVerified).findFirst();
    }

    /** The backup in a file, wherever that is and whatever it is called. */
    public static Backup at(Path file) {
        return new Backup(file, note(file));
    }

    /** Whether a file of that name is a backup. */
    static boolean isBackup(String name) {
        return stem(Path.of(name), FILE).isPresent();
    }

    private static Optional<String> stem(Path file, String ending) {
        String name = String.valueOf(file.getFileName());
        String stem = name.substring(0, Math.max(0, name.length() - ending.length()));
        boolean ours = name.endsWith(ending) && NAME.matcher(stem).matches();
        return ours ? Optional.of(stem) : Optional.empty();
    }

    private static long number(Path file) {
        Matcher name = NAME.matcher(stem(file, FILE).orElse(""));
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    /** Where the note of a backup is. */
    static Path noteOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int end = name.endsWith(FILE) ? name.length() - FILE.length() : name.length();
        return file.resolveSibling(name.substring(0, end) + NOTE);
    }

    private static Optional<BackupNote> note(Path file) {
        try {
            return Optional.of(BackupNote.parse(Files.readString(noteOf(file))));
        } catch (IOException | IllegalArgumentException e) {
            // What cannot be read says nothing good of the backup, so it counts as not there.
            return Optional.empty();
        }
    }

    /**
     * Takes hold of the folder, making it when it is not there.
     *
     * @throws StoreException with LOCKED when somebody works in it
     */
    public Held hold() throws IOException {
        DurableFiles.folder(folder);
        FileChannel channel = DurableFiles.open(folder.resolve(".lock"));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Held(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw locked();
        }
        channel.close();
        throw locked();
    }

    private StoreException locked() {
        return new StoreException(
                Kind.LOCKED,
                "Another backup or check is at work in " + folder + "; wait until it has ended.");
    }

    /** The right to change what is in the folder. */
    public final class Held implements AutoCloseable {

        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        /** What is in it. */
        List<Backup> list() throws IOException {
            return BackupFolder.this.list();
        }

        /** Clears away what an interrupted run left behind. */
        void clear() throws IOException {
            DurableFiles.delete(scratch());
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(this::isLeftOver).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }

        private boolean isLeftOver(Path file) {
            boolean passing = PASSING.matcher(String.valueOf(file.getFileName())).matches();
            Optional<String> note = stem(file, NOTE);
            return passing
                    || note.filter(stem -> !Files.exists(folder.resolve(stem + FILE))).isPresent();
        }

        /** Where the next backup is written, before it has its name. */
        Path taking() {
            return folder.resolve(".taking" + FILE);
        }

        /** A folder for trying a restore; it need not be there. */
        Path scratch() {
            return folder.resolve(SCRATCH);
        }

        /** Gives a name to what was written, and a note. */
        Backup keep(BackupNote note) throws IOException {
            long last = list().stream().mapToLong(one -> number(one.file())).max().orElse(0);
            String stem = "rocket-%06d-%s".formatted(last + 1, INSTANT.format(note.made()));
            Path file = folder.resolve(stem + FILE);
            DurableFiles.write(noteOf(file), note.print());
            Files.move(taking(), file, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.forceFolder(folder);
            return new Backup(file, Optional.of(note));
        }

        /** Writes down what is known of a backup. */
        Backup note(Backup backup, BackupNote note) throws IOException {
            DurableFiles.write(noteOf(backup.file()), note.print());
            return new Backup(backup.file(), Optional.of(note));
        }

        /** Deletes a backup with its note. */
        void delete(Backup backup) throws IOException {
            Files.deleteIfExists(backup.file());
            DurableFiles.forceFolder(folder);
            Files.deleteIfExists(noteOf(backup.file()));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
