package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern ANCHORED = Pattern.compile("(\\d+) (\\d+) ([0-9a-f]{64})");

    private final Path path;

    /** The archive in a folder, which need not be there yet. */
    public ArchiveFolder(Path path) {
        this.path = path;
    }

    /**
     * What stands for all segments up to one.
     *
     * @param number of the last of them
     * @param last its last place
     * @param hash its hash
     */
    record Anchor(long number, Seq last, String hash) {

        /** Before the first segment. */
        static final Anchor START = new Anchor(0, Seq.START, Segment.NONE);
    }

    /** Where it is. */
    public Path path() {
        return path;
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
        Segment segment = newest.get();
        return new Anchor(segment.number(), segment.last(), segment.hash());
    }

    /** What stands for the segments that were let go. */
    Anchor anchor() throws IOException {
        Path file = path.resolve(ANCHOR);
        try {
            Matcher anchored = ANCHORED.matcher(Files.readString(file).strip());
            if (anchored.matches()) {
                Seq last = new Seq(Long.parseLong(anchored.group(2)));
                return new Anchor(Long.parseLong(anchored.group(1)), last, anchored.group(3));
            }
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    file + " is damaged, so the oldest segment cannot be proven to be the first.");
        } catch (NoSuchFileException e) {
            return Anchor.START;
        }
    }

    /**
     * Lets segments go whose changes all lie at or before a place; the newest always stays.
     *
     * @return those that were deleted, by name
     */
    List<String> drop(Seq upTo) throws IOException {
        List<Segment> all = segments();
        List<Segment> old =
                all.stream()
                        .limit(Math.max(0, all.size() - 1))
                        .takeWhile(segment -> !segment.last().isAfter(upTo))
                        .toList();
        if (!old.isEmpty()) {
            Segment last = old.get(old.size() - 1);
            write(ANCHOR, last.number() + " " + last.last().value() + " " + last.hash() + "\n");
        }
        clear();
        return old.stream().map(Segment::name).toList();
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
        String before = header.after().value() + " " + header.previous();
        write(ANCHOR, header.number() - 1 + " " + before + "\n");
        Files.move(fetched.file(), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(path);
        clear();
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
