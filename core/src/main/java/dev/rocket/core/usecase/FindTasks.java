package dev.rocket.core.usecase;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import java.util.Optional;

/** Looking at tasks and whatever else is listed. */
public final class FindTasks {

    private final Store store;

    /** Reads from a store. */
    public FindTasks(Store store) {
        this.store = store;
    }

    /**
     * One entity.
     *
     * @throws Refused with Forbidden (no READ; no ADMIN for a token or job) or NotFound
     */
    public <I extends Image> I one(Caller caller, Image.Id<I> id) {
        return find(caller, id).orElseThrow(() -> Refused.notFound(id));
    }

    /**
     * One entity; empty when there is none.
     *
     * @throws Refused with Forbidden (no READ; no ADMIN for a token or job)
     */
    public <I extends Image> Optional<I> find(Caller caller, Image.Id<I> id) {
        caller.require(id.kind().isInternal() ? Token.Scope.ADMIN : Token.Scope.READ);
        return store.read(s -> s.find(id));
    }

    /**
     * One page of tasks.
     *
     * @throws Refused with Forbidden (no READ)
     */
    public Page<Task> page(Caller caller, Listing.Tasks listing) {
        return list(caller, listing);
    }

    /**
     * One page of tasks in print, for those who pass it on unread; fewer than asked for when they
     * are longer than {@link Limits#PAGE_CHARS}.
     *
     * @throws Refused with Forbidden (no READ)
     */
    public Printed printed(Caller caller, Listing.Tasks listing) {
        caller.require(Token.Scope.READ);
        return store.read(s -> s.printed(listing)).cut(listing.order());
    }

    /**
     * One page of any list.
     *
     * @throws Refused with Forbidden (no READ; no ADMIN for tokens or jobs)
     */
    public <I extends Image> Page<I> list(Caller caller, Listing<I> listing) {
        boolean internal = listing instanceof Listing.All<I> all && all.kind().isInternal();
        caller.require(internal ? Token.Scope.ADMIN : Token.Scope.READ);
        return store.read(s -> s.page(listing));
    }
}
