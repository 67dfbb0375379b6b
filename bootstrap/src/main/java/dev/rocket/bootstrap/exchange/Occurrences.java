package dev.rocket.bootstrap.exchange;

/**
 * A count of how often each name was seen, by its hash; about 24 bytes a name.
 *
 * <p>An open table of hashes and counts; two names of one 64-bit hash are taken for one, which
 * gives an id that is a little less plain and no harm.
 */
final class Occurrences {

    private long[] hashes = new long[1 << 10];
    private int[] counts = new int[1 << 10];
    private int size;

    /** How often that hash was seen before; sees it once more. */
    int next(long hash) {
        if (2 * size >= hashes.length) {
            grow();
        }
        int slot = slot(hash);
        if (counts[slot] == 0) {
            hashes[slot] = hash;
            size++;
        }
        return counts[slot]++;
    }

    private int slot(long hash) {
        int slot = (int) (hash ^ (hash >>> 32)) & (hashes.length - 1);
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new long[2 * oldHashes.length];
        counts = new int[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
