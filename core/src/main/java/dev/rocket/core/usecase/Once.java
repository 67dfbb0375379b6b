package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The hand that carries plans out, each exactly once.
 *
 * <p>With an idempotency key the receipt is written in the plan's own transaction, and a repeated
 * request is answered from the feed. A refused plan leaves no receipt.
 */
public final class Once {

    /**
     * An idempotency key with the digest of its request.
     *
     * @param key whose key
     * @param fingerprint a digest of the request
     */
    public record Key(Receipt.Key key, String fingerprint) {}

    private final Store store;
    private final InstantSource clock;
    private final Meter meter;

    /** Carries plans out on a store. */
    public Once(Store store, InstantSource clock, Meter meter) {
        this.store = store;
        this.clock = clock;
        this.meter = meter;
    }

    /**
     * Carries out one plan.
     *
     * @return the change of the entity asked for
     */
    Change change(Caller caller, Plan plan) {
        return changes(caller, plan).get(0);
    }

    /** Carries out one plan; its changes in order. */
    List<Change> changes(Caller caller, Plan plan) {
        Instant now = clock.instant();
        boolean answered = false;
        try {
            List<Change> changes =
                    store.write(tx -> once(tx, caller, now, () -> apply(tx, caller, now, plan)));
            answered = true;
            return changes;
        } finally {
            meter.operation(plan.cause(), answered, Duration.between(now, clock.instant()));
        }
    }

    /**
     * Carries out all plans or none.
     *
     * @return each plan's first change, in order
     * @throws Refused with InBatch
     */
    List<Change> all(Caller caller, List<Plan> plans) {
        Instant now = clock.instant();
        return store.write(
                tx ->
                        once(
                                tx,
                                caller,
                                now,
                                () -> {
                                    List<Change> firsts = new ArrayList<>();
                                    for (int i = 0; i < plans.size(); i++) {
                                        firsts.add(item(tx, caller, now, plans.get(i), i));
                                    }
                                    return firsts;
                                }));
    }

    /** Carries out each plan that is not refused, in one durable step, in order. */
    List<Outcome> each(Caller caller, SortedMap<Integer, Plan> plans) {
        Instant now = clock.instant();
        return store.write(
                tx -> {
                    List<Outcome> outcomes = new ArrayList<>();
                    plans.forEach(
                            (i, plan) -> outcomes.add(outcome(tx, numbered(caller, i), now, plan)));
                    return outcomes;
                });
    }

    /** What became of one plan: a change or a refusal. */
    public sealed interface Outcome {
        /** It was carried out. */
        record Done(Change change) implements Outcome {}

        /** It was refused and left nothing. */
        record No(Refusal refusal) implements Outcome {}
    }

    private Outcome outcome(Transaction tx, Caller caller, Instant now, Plan plan) {
        try {
            List<Change> changes =
                    tx.attempt(() -> once(tx, caller, now, () -> apply(tx, caller, now, plan)));
            return new Outcome.Done(changes.get(0));
        } catch (Refused refused) {
            return new Outcome.No(refused.refusal());
        }
    }

    private static Caller numbered(Caller caller, int item) {
        Optional<Key> once =
                caller.once().map(key -> new Key(key.key().item(item), key.fingerprint()));
        return new Caller(caller.actor(), caller.scopes(), once);
    }

    private Change item(Transaction tx, Caller caller, Instant now, Plan plan, int index) {
        try {
            return apply(tx, caller, now, plan).get(0);
        } catch (Refused refused) {
            throw new Refused(new Refusal.InBatch(index, refused.refusal()));
        }
    }

    private static List<Change> apply(Transaction tx, Caller caller, Instant now, Plan plan) {
        List<Change> changes = new ArrayList<>();
        for (Image image : plan.images().apply(tx)) {
            changes.add(tx.apply(Change.draft(caller.actor(), plan.cause(), now, image)));
        }
        return changes;
    }

    private static List<Change> once(
            Transaction tx,
            Caller caller,
            Instant now,
            java.util.function.Supplier<List<Change>> work) {
        if (caller.once().isEmpty()) {
            return work.get();
        }
        Key once = caller.once().get();
        Optional<Receipt> known = tx.receipt(once.key());
        if (known.isPresent()) {
            if (!known.get().fingerprint().equals(once.fingerprint())) {
                throw new Refused(new Refusal.KeyReused(once.key().word()));
            }
            return replayed(tx, known.get());
        }
        List<Change> changes = work.get();
        List<Seq> places = changes.stream().map(Change::seq).toList();
        tx.remember(new Receipt(once.key(), once.fingerprint(), now, places));
        return changes;
    }

    private static List<Change> replayed(Transaction tx, Receipt receipt) {
        return receipt.changes().stream()
                .map(seq -> tx.changes(new Seq(seq.value() - 1), 1).get(0))
                .toList();
    }
}
