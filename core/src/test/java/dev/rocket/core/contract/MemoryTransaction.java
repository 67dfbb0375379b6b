package dev.rocket.core.contract;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A memory store's next state, being made. */
final class MemoryTransaction extends MemorySnapshot implements Transaction {

    MemoryTransaction(MemoryState state) {
        super(state);
    }

    @Override
    public Change apply(Change change) {
        checkPlace(change);
        checkRevision(change.image());
        checkKey(change.image());
        Seq prev = lastChange(change.image().id());
        Seq place = change.isDraft() ? new Seq(seq().value() + 1) : change.seq();
        Change placed = change.placed(place, prev);
        become(state().with(placed));
        return placed;
    }

    private void checkPlace(Change change) {
        if (!change.isDraft() && !change.seq().isAfter(seq())) {
            throw new IllegalArgumentException(
                    "the place " + change.seq().value() + " is not after " + seq().value());
        }
    }

    private void checkRevision(Image image) {
        Image.Id<?> id = image.id();
        Optional<Revision> was = state().newest().find(id).map(change -> change.image().revision());
        if (state().image(id).isEmpty()) {
            boolean begins = was.isEmpty() || image.revision().compareTo(was.get()) > 0;
            if (image instanceof Image.Gone || !begins) {
                throw Refused.notFound(id);
            }
            return;
        }
        Revision current = was.orElseThrow();
        if (image.revision().equals(current.next())) {
            return;
        }
        boolean birth = image.revision().equals(Revision.FIRST) && !(image instanceof Image.Gone);
        throw new Refused(birth ? new Refusal.Exists(id) : new Refusal.Stale(id, current));
    }

    private void checkKey(Image image) {
        Optional<String> key = image.uniqueKey();
        if (key.isEmpty()) {
            return;
        }
        Optional<Image> holder = keyed(image.id().kind(), key.get());
        if (holder.isPresent() && !holder.get().id().equals(image.id())) {
            throw Refused.taken(image);
        }
    }

    @Override
    public void remember(Receipt receipt) {
        become(state().with(state().receipts().with(receipt.key(), receipt)));
    }

    @Override
    public int forget(Old old) {
        return switch (old) {
            case Old.Receipts receipts -> forgetReceipts(receipts.before(), receipts.limit());
            case Old.Superseded some -> forgetSuperseded(some.after(), some.upTo());
        };
    }

    private int forgetReceipts(Instant before, int limit) {
        List<Receipt> old =
                state().receipts().values().stream()
                        .filter(receipt -> receipt.at().isBefore(before))
                        .limit(limit)
                        .toList();
        for (Receipt receipt : old) {
            become(state().with(state().receipts().without(receipt.key())));
        }
        return old.size();
    }

    private int forgetSuperseded(Seq after, Seq upTo) {
        List<Seq> superseded = new ArrayList<>();
        state().feed()
                .above(
                        after,
                        change -> {
                            boolean meant = !change.seq().isAfter(upTo);
                            if (meant && state().feed().find(change.prev()).isPresent()) {
                                superseded.add(change.prev());
                            }
                            return meant;
                        });
        for (Seq seq : superseded) {
            become(state().without(seq));
        }
        return superseded.size();
    }

    @Override
    public void custody(Custody custody) {
        become(state().with(custody));
    }

    @Override
    public <T> T attempt(Supplier<? extends T> work) {
        MemoryState savepoint = state();
        boolean kept = false;
        try {
            T result = work.get();
            kept = true;
            return result;
        } finally {
            if (!kept) {
                become(savepoint);
            }
        }
    }
}
