package dev.rocket.core.operation;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A store in memory that tells as many waiting commands as a test says. */
class BusyStore implements Store {

    /** Commands that wait. */
    int queued;

    private final Store inner = new MemoryStore();

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        return inner.read(work);
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        return inner.write(work);
    }

    @Override
    public Seq head() {
        return inner.head();
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        return inner.await(after, atMost);
    }

    @Override
    public Probe probe() {
        return new Probe() {
            @Override
            public Optional<String> trouble(Duration atMost) {
                return Optional.empty();
            }

            @Override
            public Reading reading() {
                return new Reading("busy", 1, queued, 100, 0, 0, 0);
            }
        };
    }

    @Override
    public Upkeep upkeep() {
        return inner.upkeep();
    }

    @Override
    public void close() {
        inner.close();
    }
}
