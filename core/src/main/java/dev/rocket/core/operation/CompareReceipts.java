package dev.rocket.core.operation;

import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The remembered answers of two stores, followed side by side.
 *
 * <p>Answers to what was written since the comparison began are left out. An answer is forgotten by
 * and by, so one that is old enough and that only one store has is no difference. Each page is a
 * read of its own; memory is bounded by a page of each.
 */
final class CompareReceipts {

    /** Receipts that are read at a time. */
    private static final int PAGE = 500;

    /** As stores list them: words by their bytes. */
    private static final Comparator<Receipt> ORDER =
            Comparator.comparing(Receipt::at)
                    .thenComparing(one -> bytes(one.key().caller()), Arrays::compareUnsigned)
                    .thenComparing(one -> bytes(one.key().word()), Arrays::compareUnsigned);

    private final Given one;
    private final Given other;
    private final CompareStores.Places numbering;
    private final Instant kept;
    private long compared;
    private long forgotten;

    /**
     * Compares what was given up to where two feeds ended.
     *
     * @param kept answers given before it may be forgotten by one of them
     */
    CompareReceipts(Feeds feeds, CompareStores.Places numbering, Instant kept) {
        this.one = new Given(feeds.oneStore(), feeds.end(feeds.one().seq()));
        this.other = new Given(feeds.otherStore(), feeds.end(feeds.other().seq()));
        this.numbering = numbering;
        this.kept = kept;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Goes to the first difference.
     *
     * @param progress hears how many were compared so far
     */
    CompareStores.Receipts run(LongConsumer progress) {
        Optional<CompareStores.Answer> difference = Optional.empty();
        while (difference.isEmpty() && (one.hasNext() || other.hasNext())) {
            int order = order();
            Optional<Receipt> left = order <= 0 ? Optional.of(one.next()) : Optional.empty();
            Optional<Receipt> right = order >= 0 ? Optional.of(other.next()) : Optional.empty();
            if (left.isPresent() && right.isPresent()) {
                compared++;
                if (!alike(left.get(), right.get())) {
                    difference = Optional.of(new CompareStores.Answer(left, right));
                }
            } else if (left.or(() -> right).filter(lone -> lone.at().isBefore(kept)).isPresent()) {
                forgotten++;
            } else {
                difference = Optional.of(new CompareStores.Answer(left, right));
            }
            progress.accept(compared + forgotten);
        }
        return new CompareStores.Receipts(compared, forgotten, difference);
    }

    /** Which of the two comes first; one that has no more comes last. */
    private int order() {
        if (!one.hasNext()) {
            return 1;
        }
        return other.hasNext() ? ORDER.compare(one.peek(), other.peek()) : -1;
    }

    private boolean alike(Receipt left, Receipt right) {
        return switch (numbering) {
            case KEPT -> left.equals(right);
            case COUNTED ->
                    left.fingerprint().equals(right.fingerprint())
                            && left.changes().size() == right.changes().size();
        };
    }

    /** The answers that one store gave up to a place, a page at a time. */
    private static final class Given {

        private final Store store;
        private final Seq end;
        private final Deque<Receipt> page = new ArrayDeque<>();
        private Instant since = Instant.EPOCH;
        private Receipt.Key after = Receipt.Key.START;
        private boolean more = true;

        Given(Store store, Seq end) {
            this.store = store;
            this.end = end;
        }

        boolean hasNext() {
            while (page.isEmpty() && more) {
                read();
            }
            return !page.isEmpty();
        }

        private void read() {
            Instant from = since;
            Receipt.Key key = after;
            List<Receipt> read = store.read(s -> s.receipts(from, key, PAGE));
            more = read.size() == PAGE;
            if (more) {
                since = read.getLast().at();
                after = read.getLast().key();
            }
            for (Receipt receipt : read) {
                if (receipt.changes().stream().noneMatch(change -> change.isAfter(end))) {
                    page.add(receipt);
                }
            }
        }

        Receipt peek() {
            return page.getFirst();
        }

        Receipt next() {
            return page.removeFirst();
        }
    }
}
