package dev.rocket.core.operation;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Keeping the archive of the feed off-site as well.
 *
 * <p>Segments go in order, each read back, so that what is there has no holes. Up to which they are
 * there is noted beside the archive together with the place: another place gets all of them. There
 * is one chain in a place: a server whose own archive is not of it, since another server archived
 * meanwhile, goes on from its end.
 */
public final class ArchiveOffsite {

    /** What the names of all segments there begin with. */
    static final String PREFIX = "feed/";

    /** Behind all anchors and before all segments. */
    static final String AFTER_ANCHORS = "feed/anchor-~";

    private static final String NOTE = ".offsite";

    private final ArchiveFolder folder;
    private final Vault vault;
    private volatile Optional<Segment> newest = Optional.empty();

    /** Keeps what is in a folder in a vault. */
    public ArchiveOffsite(ArchiveFolder folder, Vault vault) {
        this.folder = folder;
        this.vault = vault;
    }

    /**
     * Makes the archive here go on with the chain that is off-site: unless it holds the newest
     * segment that is there, it begins anew at that, and what was here goes.
     *
     * @param store whose feed it is
     * @return whether it began anew
     * @throws VaultException when the place failed
     * @throws StoreException with FOREIGN when the place holds the archive of another store
     */
    public boolean join(Store store) {
        try {
            folder.make();
            FileChannel held = folder.hold();
            try {
                long known = Math.min(copied(), folder.end().number());
                Optional<Segment> newest = newestBehind(Math.max(0, known - 1));
                return newest.isPresent() && !holds(newest.get()) && adopt(newest.get(), store);
            } finally {
                held.close();
            }
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /** Whether a segment of that name is here, and with it the chain that it stands for. */
    private boolean holds(Segment there) throws IOException {
        boolean here = Files.exists(folder.path().resolve(there.name()));
        if (here && there.number() > copied()) {
            note(there);
        }
        return here;
    }

    private boolean adopt(Segment segment, Store store) throws IOException {
        Path fetched = folder.path().resolve(".adopted");
        vault.fetch(PREFIX + segment.name(), fetched, done -> {});
        Segment whole = new Segment(fetched, segment.number(), segment.last(), segment.mark());
        Segment.Header header;
        try (SegmentReader reader = new SegmentReader(whole)) {
            header = reader.header();
        }
        if (!Belonging.isOf(store, whole)) {
            throw new StoreException(
                    StoreException.Kind.FOREIGN,
                    vault
                            + " holds the archive of another store, or of this one before it was"
                            + " restored: it ends at Seq "
                            + segment.last().value()
                            + ", where this store has something else. Name another place with"
                            + " ROCKET_OFFSITE.");
        }
        folder.adopt(whole, header, segment.name());
        note(segment);
        return true;
    }

    private Optional<Segment> newestBehind(long number) {
        Optional<Segment> newest = Optional.empty();
        VaultItems items = new VaultItems(vault, PREFIX, PREFIX + after(number));
        while (items.hasNext()) {
            newest = segment(items.next());
        }
        return newest;
    }

    /** The segment that an item is; empty when it is something else. */
    static Optional<Segment> segment(Vault.Item item) {
        return Segment.of(Path.of(item.name().substring(PREFIX.length())));
    }

    /** What lies behind all names with that number, and before those with the next. */
    private static String after(long number) {
        return "feed-%010d-~".formatted(number);
    }

    /**
     * Copies what is sealed and not there yet.
     *
     * @param progress hears how many segments were copied so far
     * @return how many segments were copied
     * @throws VaultException when the place failed; what was copied before stays
     * @throws StoreException when the folder cannot be used
     */
    public long run(LongConsumer progress) {
        try {
            long there = copied();
            long copied = 0;
            CopyOffsite copy = new CopyOffsite(vault, folder.path());
            for (Segment segment : folder.after(there)) {
                copy.run(PREFIX + segment.name(), segment.file(), done -> {});
                note(segment);
                progress.accept(++copied);
            }
            return copied;
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /**
     * Brings segments back that hold changes behind a place.
     *
     * @param after exclusive
     * @param target a folder for them; what it has already is not fetched again
     * @param progress hears how many segments were fetched so far
     */
    public void fetch(Seq after, ArchiveFolder target, LongConsumer progress) {
        try {
            target.make();
            Optional<Anchor> anchor = new OffsiteAnchors(vault, target.path()).newest();
            long gone = anchor.map(Anchor::number).orElse(0L);
            long fetched = 0;
            VaultItems items = new VaultItems(vault, PREFIX, AFTER_ANCHORS);
            while (items.hasNext()) {
                Vault.Item item = items.next();
                Path file = target.path().resolve(item.name().substring(PREFIX.length()));
                boolean wanted =
                        Segment.of(file)
                                .filter(one -> one.number() > gone && one.last().isAfter(after))
                                .isPresent();
                if (wanted && Files.notExists(file)) {
                    vault.fetch(item.name(), file, done -> {});
                    progress.accept(++fetched);
                }
            }
            // A folder that holds older ones already has a beginning of its own.
            boolean begins = target.segments().stream().allMatch(one -> one.number() > gone);
            if (begins && anchor.isPresent()) {
                target.anchor(anchor.get());
            }
        } catch (IOException e) {
            throw target.failure(e);
        }
    }

    /**
     * How many segments are not there yet though they were sealed before an instant; nobody is
     * asked.
     */
    public long behind(Instant before) {
        try {
            long there = copied();
            long behind = 0;
            for (Segment segment : folder.segments()) {
                Instant sealed = Files.getLastModifiedTime(segment.file()).toInstant();
                behind += segment.number() > there && sealed.isBefore(before) ? 1 : 0;
            }
            return behind;
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /**
     * The place up to which all is off-site, as far as was noted here.
     *
     * @throws StoreException when the folder cannot be used
     */
    public Seq last() {
        try {
            long copied = copied();
            Optional<Segment> noted = newest.filter(one -> one.number() == copied);
            if (noted.isPresent()) {
                return noted.get().last();
            }
            Seq last = folder.anchor().number() <= copied ? folder.anchor().last() : Seq.START;
            for (Segment segment : folder.segments()) {
                last = segment.number() <= copied ? segment.last() : last;
            }
            return last;
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /** The number of the newest segment that is there, as it was noted. */
    long copied() throws IOException {
        try {
            String note = Files.readString(folder.path().resolve(NOTE)).strip();
            int blank = note.indexOf(' ');
            boolean here = blank > 0 && note.substring(blank + 1).equals(vault.toString());
            return here ? Long.parseLong(note.substring(0, blank)) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void note(Segment segment) throws IOException {
        folder.write(NOTE, segment.number() + " " + vault + "\n");
        newest = Optional.of(segment);
    }
}
