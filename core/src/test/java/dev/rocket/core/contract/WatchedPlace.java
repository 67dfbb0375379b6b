package dev.rocket.core.contract;

import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Store;
import java.util.Optional;
import java.util.function.Consumer;

/** A place that tells what is opened there. */
final class WatchedPlace extends ForwardingPlace {

    private final Consumer<Store> opened;

    /**
     * Watches a place.
     *
     * @param opened hears of each store
     */
    WatchedPlace(Destination real, Consumer<Store> opened) {
        super(real);
        this.opened = opened;
    }

    @Override
    public Optional<Store> found() {
        Optional<Store> found = super.found();
        found.ifPresent(opened);
        return found;
    }
}
