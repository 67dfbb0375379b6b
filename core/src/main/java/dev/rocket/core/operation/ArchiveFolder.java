package dev.rocket.core.operation;

import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that holds the archive of a feed.
 *
 * <p>Its files are sealed segments, for their owner alone. Where the oldest ones were let go an
 * anchor stands for them, with the hash that the first one left must follow. Listing holds about
 * 200 bytes a segment.
 */
public final class ArchiveFolder {

    static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<?> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String ANCHOR = ".anchor";
    private static final String LOCK = ".lock";

    private final Path path;

    /** The archive in a folder, which need not be there yet. */
    public ArchiveFolder(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** A folder for the passing files of whoever lets segments go; it need not be there. */
    public Path work() {
        return path.resolve(".letting-go");
    }

    /** Makes the folder when it is not there. */
    void make() throws IOException {
        Files.createDirectories(path, OWNER_FOLDER);
    }

    /** The segments in it, by number; those that the anchor stands for are as good as gone. */
    List<Segment> segments() throws IOException {
        long dropped = dropped();
        return files().stream().filter(segment -> segment.number() > dropped).toList();
    }

    private long dropped() throws IOException {
        try {
            return anchor().number();
        } catch (StoreException e) {
            return 0;
        }
    }

    private List<Segment> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.flatMap(file -> Segment.of(file).stream())
                    .sorted(Comparator.comparingLong(Segment::number).thenComparing(Segment::name))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw new IOException(path + " cannot be listed", e);
        }
    }

    /** The newest segment; empty when there is none. */
    Optional<Segment> newest() throws IOException {
        List<Segment> all = segments();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** What the archive goes on from. */
    Anchor end() throws IOException {
        Optional<Segment> newest = newest();
        if (newest.isEmpty()) {
            return anchor();
        }
        return Anchor.at(newest.get());
    }

    /** What stands for the segments that were let go. */
    Anchor anchor() throws IOException {
        Path file = path.resolve(ANCHOR);
        try {
            return Anchor.read(file, file.toString());
        } catch (NoSuchFileException e) {
            return Anchor.START;
        }
    }

    /** Writes what is to stand for segments that are not here. */
    void anchor(Anchor anchor) throws IOException {
        write(ANCHOR, anchor.print());
    }

    /**
     * Lets all segments up to a number go; the newest always stays. The anchor is written first,
     * and only for segments that follow the anchor before it, so that nothing is covered up.
     *
     * @return how many went
     * @throws StoreException with CORRUPT when they, or the first one left, do not follow
     */
    int drop(long upTo) throws IOException {
        List<Segment> all = segments();
        Anchor anchor = anchor();
        int went = 0;
        while (went < all.size() - 1 && all.get(went).number() <= upTo) {
            check(anchor, all.get(went));
            anchor = Anchor.at(all.get(went));
            went++;
        }
        if (went > 0) {
            check(anchor, all.get(went));
            anchor(anchor);
        }
        clear();
        return went;
    }

    private static void check(Anchor anchor, Segment next) throws IOException {
        try (SegmentReader reader = new SegmentReader(next)) {
            if (!anchor.precedes(reader.header())) {
                throw next.damaged("it does not follow the segment before it");
            }
        }
    }

    /** Deletes what the anchor stands for. */
    private void clear() throws IOException {
        long dropped = dropped();
        for (Segment segment : files()) {
            if (segment.number() <= dropped) {
                Files.deleteIfExists(segment.file());
            }
        }
    }

    /** Begins anew at a segment that was sealed elsewhere; what was here before goes. */
    void adopt(Segment fetched, Segment.Header header, String name) throws IOException {
        sync(fetched.file());
        anchor(new Anchor(header.number() - 1, header.after(), header.previous()));
        Files.move(fetched.file(), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(path);
        clear();
    }

    /**
     * Takes hold of the folder, to change what is in it; the channel lets it go.
     *
     * @throws StoreException with LOCKED when somebody works in it
     */
    FileChannel hold() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        OWNER_FILE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this process has it.
        }
        channel.close();
        throw new StoreException(
                StoreException.Kind.LOCKED,
                "Somebody else archives into " + path + "; give each server its own.");
    }

    /** Writes a small file, which is there whole or as it was. */
    void write(String name, String text) throws IOException {
        Path passing = path.resolve(name + ".new");
        Files.deleteIfExists(passing);
        Files.createFile(passing, OWNER_FILE);
        Files.writeString(passing, text);
        sync(passing);
        Files.move(passing, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(path);
    }

    /** Makes a file, or the names in a folder, durable. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The failure of a file here. */
    StoreException failure(IOException e) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "The archive in " + path + " cannot be used: " + e + ".",
                e);
    }
}
