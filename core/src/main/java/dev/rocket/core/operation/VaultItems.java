package dev.rocket.core.operation;

import dev.rocket.core.port.Vault;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The items of a vault, ascending by name, listed a page at a time. */
final class VaultItems implements Iterator<Vault.Item> {

    private final Vault vault;
    private final String prefix;
    private String after;
    private Iterator<Vault.Item> page = Collections.emptyIterator();
    private boolean ended;

    /**
     * Lists items.
     *
     * @param prefix what their names begin with
     * @param after exclusive; empty for all
     */
    VaultItems(Vault vault, String prefix, String after) {
        this.vault = vault;
        this.prefix = prefix;
        this.after = after;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !ended) {
            page = vault.items(prefix, after).iterator();
            ended = !page.hasNext();
        }
        return page.hasNext();
    }

    @Override
    public Vault.Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Vault.Item item = page.next();
        after = item.name();
        return item;
    }
}
