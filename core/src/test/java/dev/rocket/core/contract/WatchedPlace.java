package dev.rocket.core.contract;

import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A place that tells what is opened there.
 *
 * @param opened hears of each store
 */
record WatchedPlace(Destination real, Consumer<Store> opened) implements Destination {

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public Optional<Store> found() {
        Optional<Store> found = real.found();
        found.ifPresent(opened);
        return found;
    }

    @Override
    public Loader loader() {
        return real.loader();
    }

    @Override
    public void discard(String source) {
        real.discard(source);
    }

    @Override
    public int servers() {
        return real.servers();
    }

    @Override
    public long freeBytes() {
        return real.freeBytes();
    }

    @Override
    public List<String> settings() {
        return real.settings();
    }
}
