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
import java.util.ArrayList;
import java.util.Collections;
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
 * 200 bytes a segment; so whoever seals remembers the last ones it sealed, and going on costs the
 * same however old the archive is.
 *
 * <p>A server that lost its turn while it was paused may have left a segment beside one of the same
 * number. Each of the two holds what the feed has behind the segment before, so either may be gone
 * on from; the one that was is in the chain, and the other is no part of the archive.
 */
public final class ArchiveFolder {

    static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<?> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String ANCHOR = ".anchor";
    private static final String LOCK = ".lock";

    /** Segments that are remembered at most. */
    private static final int REMEMBERED = 256;

    private final Path path;
    private volatile List<Segment> sealed = List.of();

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
        List<Segment> left = files();
        return chain(left.stream().filter(segment -> segment.number() > dropped).toList());
    }

    /** Of several with one number, the one that the next segment names. */
    private static List<Segment> chain(List<Segment> all) throws IOException {
        List<Segment> chain = new ArrayList<>(all.size());
        for (Segment segment : all.reversed()) {
            if (chain.isEmpty() || chain.getLast().number() != segment.number()) {
                chain.add(segment);
            } else if (chain.size() > 1 && names(chain.get(chain.size() - 2), segment)) {
                chain.set(chain.size() - 1, segment);
            }
        }
        Collections.reverse(chain);
        return chain;
    }

    private static boolean names(Segment next, Segment before) throws IOException {
        try (SegmentReader reader = new SegmentReader(next)) {
            return reader.header().previous().startsWith(before.mark());
        } catch (StoreException e) {
            // It is told when the segment is read.
            return false;
        }
    }

    /** Segments behind a number, in order. */
    List<Segment> after(long number) throws IOException {
        List<Segment> known = remembered();
        boolean suffice = !known.isEmpty() && known.getFirst().number() <= number + 1;
        return (suffice ? known : segments())
                .stream().filter(segment -> segment.number() > number).toList();
    }

    /** What was sealed here last; empty when that is not known, or its end is gone. */
    private List<Segment> remembered() {
        List<Segment> known = sealed;
        boolean there = !known.isEmpty() && Files.exists(known.getLast().file());
        return there ? known : List.of();
    }

    /** Remembers a segment that was sealed behind those before, by whoever has hold of it. */
    void sealed(Segment segment) {
        List<Segment> all = new ArrayList<>(remembered());
        all.add(segment);
        sealed = List.copyOf(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
    }

    /** Forgets what was sealed here, since others may have gone on, and clears up behind them. */
    void lookAnew() throws IOException {
        sealed = List.of();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                if (String.valueOf(file.getFileName()).startsWith(SegmentWriter.PASSING)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(path + " cannot be listed", e);
        }
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

    /** Whether there is a segment in it. */
    public boolean holdsAny() throws IOException {
        return !files().isEmpty();
    }

    /** The newest segment; empty when there is none. */
    Optional<Segment> newest() throws IOException {
        List<Segment> known = remembered();
        List<Segment> all = known.isEmpty() ? segments() : known;
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
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
        // The newest goes first, so that what is left after a cut is a chain.
        for (Segment own : files().reversed()) {
            if (own.number() >= header.number()) {
                Files.deleteIfExists(own.file());
            }
        }
        sealed = List.of();
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
