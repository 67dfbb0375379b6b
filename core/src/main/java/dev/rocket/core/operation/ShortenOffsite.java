package dev.rocket.core.operation;

import dev.rocket.core.port.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Letting the oldest segments of an archive go off-site. */
final class ShortenOffsite {

    private final ArchiveFolder folder;
    private final Vault vault;
    private final OffsiteAnchors anchors;

    /** Shortens what is in a vault; passing files are made beside the archive here. */
    ShortenOffsite(ArchiveFolder folder, Vault vault) {
        this.folder = folder;
        this.vault = vault;
        this.anchors = new OffsiteAnchors(vault, folder.work());
    }

    /**
     * Lets the oldest segments go off-site; the newest always stays. The anchor is put and read
     * back before the first of them goes; what an interrupted call left is deleted by the next.
     *
     * @param isOld whether an item may go, and all segments before it
     * @return how many went
     * @throws StoreException with CORRUPT when what is left does not follow what would go
     */
    long drop(Predicate<Vault.Item> isOld) {
        try {
            DurableFiles.folder(folder.work());
            List<Segment> all = new ArrayList<>();
            int old = 0;
            VaultItems items =
                    new VaultItems(vault, ArchiveOffsite.PREFIX, ArchiveOffsite.AFTER_ANCHORS);
            while (items.hasNext()) {
                Vault.Item item = items.next();
                Optional<Segment> one = ArchiveOffsite.segment(item);
                old += one.isPresent() && old == all.size() && isOld.test(item) ? 1 : 0;
                one.ifPresent(all::add);
            }
            int cut = Math.min(old, all.size() - 1);
            while (cut > 0 && !isPlain(all, cut)) {
                cut--;
            }
            if (cut > 0) {
                anchors.put(before(all.get(cut), all.get(cut - 1)));
            }
            Optional<Anchor> anchor = anchors.newest();
            return anchor.isPresent() ? clear(all, anchor.get()) : 0;
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /** Whether the numbers on both sides of a cut are there once, so that it is in one chain. */
    private static boolean isPlain(List<Segment> all, int cut) {
        long before = all.get(cut - 1).number();
        long next = all.get(cut).number();
        return next == before + 1
                && (cut == 1 || all.get(cut - 2).number() < before)
                && (cut == all.size() - 1 || all.get(cut + 1).number() > next);
    }

    /** What the first segment left says of those before it. */
    private Anchor before(Segment next, Segment last) throws IOException {
        Path fetched = folder.work().resolve(".first-left");
        try {
            vault.fetch(ArchiveOffsite.PREFIX + next.name(), fetched, done -> {});
            Segment whole = new Segment(fetched, next.number(), next.last(), next.mark());
            try (SegmentReader reader = new SegmentReader(whole)) {
                Segment.Header header = reader.header();
                boolean follows =
                        header.after().equals(last.last())
                                && header.previous().startsWith(last.mark());
                if (!follows) {
                    throw next.damaged("off-site it does not follow the segment before it");
                }
                return new Anchor(last.number(), last.last(), header.previous());
            }
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    private long clear(List<Segment> all, Anchor anchor) {
        long went = 0;
        for (Segment segment : all) {
            if (segment.number() <= anchor.number()) {
                vault.delete(ArchiveOffsite.PREFIX + segment.name());
                went++;
            }
        }
        anchors.clear(anchor);
        return went;
    }
}
