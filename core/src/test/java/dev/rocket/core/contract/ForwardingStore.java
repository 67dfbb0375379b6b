package dev.rocket.core.contract;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.time.Duration;
import java.util.function.Function;

/** A store that hands on what a subclass does not change. */
public abstract class ForwardingStore implements Store {

    /** Who answers. */
    protected abstract Store real();

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        return real().read(work);
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        return real().write(work);
    }

    @Override
    public Seq head() {
        return real().head();
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        return real().await(after, atMost);
    }

    @Override
    public Probe probe() {
        return real().probe();
    }

    @Override
    public Upkeep upkeep() {
        return real().upkeep();
    }

    @Override
    public void close() {
        real().close();
    }
}
