package dev.rocket.core.contract;

import dev.rocket.core.operation.Destination;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import java.util.List;
import java.util.Optional;

/** A place that hands on what a subclass does not change. */
abstract class ForwardingPlace implements Destination {

    private final Destination real;

    ForwardingPlace(Destination real) {
        this.real = real;
    }

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public Optional<Store> found() {
        return real.found();
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
