package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** Carrying out many plans in one durable step. */
public final class WriteBatch {

    private final Once once;

    /** Writes through {@code once}. */
    public WriteBatch(Once once) {
        this.once = once;
    }

    /**
     * Carries out all plans, in order, or none.
     *
     * @return the first change of each plan
     * @throws Refused with Forbidden (no WRITE), Invalid (more than {@link Limits#BATCH}), InBatch
     *     (the first plan that was refused) or KeyReused
     */
    public List<Change> all(Caller caller, List<Plan> plans) {
        bounded(caller, plans);
        return plans.isEmpty() ? List.of() : once.all(caller, plans);
    }

    /**
     * Carries out each plan that is not refused, in order.
     *
     * @param plans by their numbers in the batch, by which an idempotency key covers each
     * @return what became of each, in order
     * @throws Refused with Forbidden (no WRITE) or Invalid (more than {@link Limits#BATCH})
     */
    public List<Once.Outcome> each(Caller caller, SortedMap<Integer, Plan> plans) {
        bounded(caller, plans.values());
        return plans.isEmpty() ? List.of() : once.each(caller, plans);
    }

    private static void bounded(Caller caller, Collection<Plan> plans) {
        caller.require(Token.Scope.WRITE);
        if (plans.size() > Limits.BATCH) {
            throw Refused.invalid("items", "are more than " + Limits.BATCH);
        }
    }
}
