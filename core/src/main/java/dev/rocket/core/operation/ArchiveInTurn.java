package dev.rocket.core.operation;

import dev.rocket.core.operation.ArchiveFeed.Lag;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.VaultException;
import java.time.Instant;
import java.util.Optional;

/**
 * Archiving the feed on one of several servers, here and off-site.
 *
 * <p>Whoever's turn it is goes on at the end of its folder, since the store has the whole feed. The
 * chain off-site is one: before it goes on there, its folder must hold the newest segment that is
 * there, or begins anew at that. Servers that share a folder share its chain. For one thread, but
 * for the lags.
 */
public final class ArchiveInTurn {

    private final Store store;
    private final ArchiveTurn turn;
    private final ArchiveFeed feed;
    private final Optional<ArchiveOffsite> offsite;
    private Optional<Lease> under = Optional.empty();
    private boolean joined;

    /** Archives a store's feed. */
    public ArchiveInTurn(
            Store store, ArchiveTurn turn, ArchiveFeed feed, Optional<ArchiveOffsite> offsite) {
        this.store = store;
        this.turn = turn;
        this.feed = feed;
        this.offsite = offsite;
    }

    /**
     * Archives what there is, when it is this server's turn.
     *
     * @param everywhere whether off-site as well
     * @return whether it was
     * @throws StoreException when the store or the folder failed
     * @throws VaultException when the place off-site failed; what there is was sealed here then
     */
    public boolean run(boolean everywhere) {
        if (!turn.take()) {
            return false;
        }
        joined &= turn.lease().equals(under);
        under = turn.lease();
        try {
            Optional<RuntimeException> apart = everywhere ? join() : Optional.empty();
            feed.run(under);
            if (apart.isPresent()) {
                throw apart.get();
            }
            offsite.filter(there -> everywhere).ifPresent(there -> there.run(n -> keep()));
            return true;
        } catch (Lease.Over over) {
            turn.lost();
            return false;
        }
    }

    private void keep() {
        under.ifPresent(Lease::checkpoint);
    }

    /** What keeps the chain here from being the one off-site must not end archiving here. */
    private Optional<RuntimeException> join() {
        try {
            if (!joined) {
                offsite.ifPresent(there -> there.join(store));
                joined = true;
            }
            return Optional.empty();
        } catch (StoreException | VaultException e) {
            return Optional.of(e);
        }
    }

    /** Who else archives, as told to people; empty when nobody does. */
    public Optional<String> other() {
        return turn.other();
    }

    /** How far the archive is behind; empty when that is for another server to tell. */
    public Optional<Lag> lag(Instant now) {
        return turn.other().isPresent() ? Optional.empty() : Optional.of(feed.lag(now));
    }

    /** How far it is behind off-site; empty without such a place, or when another server tells. */
    public Optional<Lag> offsiteLag(Instant now) {
        return turn.other().isPresent()
                ? Optional.empty()
                : offsite.map(there -> feed.lag(there.last(), now));
    }

    /** Gives the turn to whoever asks next. */
    public void end() {
        turn.end();
    }
}
