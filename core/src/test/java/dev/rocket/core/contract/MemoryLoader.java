package dev.rocket.core.contract;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.StoreException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The way into an empty memory store. */
final class MemoryLoader implements Loader {

    private final Consumer<MemoryState> finished;
    private MemoryState state = MemoryState.EMPTY;
    private boolean closed;

    /** Begins; {@code finished} takes what was loaded. */
    MemoryLoader(Consumer<MemoryState> finished) {
        this.finished = finished;
    }

    @Override
    public void changes(List<Change> changes) {
        checkOpen();
        for (Change change : changes) {
            if (!change.seq().isAfter(state.seq())) {
                throw new IllegalArgumentException(
                        "the place "
                                + change.seq().value()
                                + " is not after "
                                + state.seq().value());
            }
            Image.Id<?> id = change.image().id();
            Seq newest = state.newest().find(id).map(Change::seq).orElse(Seq.START);
            boolean begins = newest.equals(Seq.START) && state.feed().find(change.prev()).isEmpty();
            if (!begins && !newest.equals(change.prev())) {
                throw new StoreException(
                        StoreException.Kind.CORRUPT, "two changes claim to be the newest");
            }
            state = state.with(change);
        }
    }

    @Override
    public void receipts(List<Receipt> receipts) {
        checkOpen();
        for (Receipt receipt : receipts) {
            state = state.with(state.receipts().with(receipt.key(), receipt));
        }
    }

    @Override
    public void custody(Custody custody) {
        checkOpen();
        state = state.with(custody);
    }

    @Override
    public void finish(LongConsumer entities) {
        checkOpen();
        entities.accept(state.newest().values().size());
        finished.accept(state);
        close();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the load has ended");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
