package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Custody;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A transaction that tells under which keys answers are remembered. */
final class NotingTransaction implements Transaction {

    private final Transaction real;
    private final Consumer<Receipt.Key> noted;

    NotingTransaction(Transaction real, Consumer<Receipt.Key> noted) {
        this.real = real;
        this.noted = noted;
    }

    @Override
    public void remember(Receipt receipt) {
        noted.accept(receipt.key());
        real.remember(receipt);
    }

    @Override
    public Change apply(Change change) {
        return real.apply(change);
    }

    @Override
    public int forget(Old old) {
        return real.forget(old);
    }

    @Override
    public void custody(Custody custody) {
        real.custody(custody);
    }

    @Override
    public <T> T attempt(Supplier<? extends T> work) {
        return real.attempt(work);
    }

    @Override
    public Seq seq() {
        return real.seq();
    }

    @Override
    public <I extends Image> Optional<I> find(Image.Id<I> id) {
        return real.find(id);
    }

    @Override
    public Optional<Image> keyed(Image.Kind kind, String uniqueKey) {
        return real.keyed(kind, uniqueKey);
    }

    @Override
    public <I extends Image> Page<I> page(Listing<I> listing) {
        return real.page(listing);
    }

    @Override
    public Printed printed(Listing.Tasks listing) {
        return real.printed(listing);
    }

    @Override
    public List<Change> changes(Seq after, int limit) {
        return real.changes(after, limit);
    }

    @Override
    public Seq lastChange(Image.Id<?> id) {
        return real.lastChange(id);
    }

    @Override
    public Optional<Receipt> receipt(Receipt.Key key) {
        return real.receipt(key);
    }

    @Override
    public List<Receipt> receipts(Instant since, Receipt.Key after, int limit) {
        return real.receipts(since, after, limit);
    }

    @Override
    public Optional<Custody> custody() {
        return real.custody();
    }
}
