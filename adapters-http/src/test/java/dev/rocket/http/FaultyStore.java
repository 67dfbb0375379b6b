package dev.rocket.http;

import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Probe;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.Transaction;
import dev.rocket.core.port.Upkeep;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A store that fails as often as it is told to. */
final class FaultyStore implements Store {

    final AtomicReference<Optional<RuntimeException>> fault =
            new AtomicReference<>(Optional.empty());
    private final Store real;

    FaultyStore(Store real) {
        this.real = real;
    }

    private void fail() {
        fault.get()
                .ifPresent(
                        failure -> {
                            throw failure;
                        });
    }

    @Override
    public <T> T read(Function<? super Snapshot, ? extends T> work) {
        fail();
        return real.read(work);
    }

    @Override
    public <T> T write(Function<? super Transaction, ? extends T> work) {
        fail();
        return real.write(work);
    }

    @Override
    public Seq head() {
        return real.head();
    }

    @Override
    public boolean await(Seq after, Duration atMost) throws InterruptedException {
        return real.await(after, atMost);
    }

    @Override
    public Probe probe() {
        Probe probe = real.probe();
        return new Probe() {
            @Override
            public Optional<String> trouble(Duration atMost) {
                fail();
                return probe.trouble(atMost);
            }

            @Override
            public Reading reading() {
                // Figures are kept in memory: no failure of the machine, but a fault of ours.
                if (!(fault.get().orElse(null) instanceof StoreException)) {
                    fail();
                }
                return probe.reading();
            }
        };
    }

    @Override
    public Upkeep upkeep() {
        return real.upkeep();
    }

    @Override
    public void close() {
        real.close();
    }
}
