package dev.rocket.core.operation;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** A place that fails after a number of calls that move or delete something. */
record FailingVault(Vault within, AtomicInteger left) implements Vault {

    /** Fails after so many calls. */
    FailingVault(Vault within, int calls) {
        this(within, new AtomicInteger(calls));
    }

    private void count() {
        if (left.getAndDecrement() <= 0) {
            throw new VaultException(VaultException.Kind.UNAVAILABLE, "The line is cut.");
        }
    }

    @Override
    public List<Item> items(String prefix, String after) {
        return within.items(prefix, after);
    }

    @Override
    public void put(String name, Path file, LongConsumer progress) {
        count();
        within.put(name, file, progress);
    }

    @Override
    public void fetch(String name, Path target, LongConsumer progress) {
        count();
        within.fetch(name, target, progress);
    }

    @Override
    public void delete(String name) {
        count();
        within.delete(name);
    }
}
