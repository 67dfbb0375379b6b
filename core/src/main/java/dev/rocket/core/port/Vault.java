package dev.rocket.core.port;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Where copies of files are kept, away from the store.
 *
 * <p>Consistency. An item appears whole or not at all, under its name, and once {@link #put} has
 * returned it survives the end of this process; a {@link #put} under a name that is taken replaces
 * the item, whole as well, and whoever fetches meanwhile gets the one or the other. Whoever put an
 * item finds it in every list and fetch begun afterwards. A vault vouches for what it was told, not
 * for what the place behind it keeps: whoever must know fetches and compares. All methods block,
 * and may be called from any thread; of two that put under one name at a time, one wins.
 *
 * <p>Names are {@linkplain #isName plain}; another one is a bug and meets an {@link
 * IllegalArgumentException}.
 */
public interface Vault {

    /** Characters of a name. */
    int NAME_CHARS = 200;

    /** Items that one list gives. */
    int ITEMS = 1_000;

    /**
     * One of the things kept.
     *
     * @param name unique in the vault
     * @param bytes its size, as far as the vault knows it without fetching
     * @param at when it was put, by the clock of the place that keeps it
     */
    record Item(String name, long bytes, Instant at) {}

    /**
     * Whether a name may be given to an item.
     *
     * <p>It has 1 to {@link #NAME_CHARS} characters: letters and digits of ASCII, {@code . - _},
     * and single slashes between its parts; no part begins with a dot.
     */
    static boolean isName(String name) {
        return name.length() <= NAME_CHARS && Names.PLAIN.matcher(name).matches();
    }

    /**
     * Some of the items, ascending by the code points of their names.
     *
     * @param prefix what their names begin with; empty for all
     * @param after exclusive; empty for the first ones
     * @return at most {@link #ITEMS}; fewer only when there are no more
     * @throws VaultException when the place failed
     */
    List<Item> items(String prefix, String after);

    /**
     * Keeps a copy of a file.
     *
     * <p>When it was interrupted, the same call goes on where that one came to, if the vault can;
     * what it left behind is never found as an item.
     *
     * @param file must not change meanwhile
     * @param progress hears how many bytes of the file are over
     * @throws VaultException when the place failed, or the file cannot be read
     */
    void put(String name, Path file, LongConsumer progress);

    /**
     * Brings an item back into a file, which appears whole or not at all, readable by its owner
     * alone; one that is there is replaced.
     *
     * @param target its folder must be there
     * @param progress hears how many bytes are over
     * @throws VaultException when the place failed; {@link VaultException.Kind#MISSING} when there
     *     is no such item; {@link VaultException.Kind#CORRUPT} when it is not what was put, where
     *     the vault can tell
     */
    void fetch(String name, Path target, LongConsumer progress);

    /**
     * Deletes an item; nothing happens when there is none.
     *
     * @throws VaultException when the place failed
     */
    void delete(String name);

    /** How a name looks. */
    final class Names {

        private static final Pattern PLAIN =
                Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

        private Names() {}
    }
}
