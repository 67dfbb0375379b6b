package dev.rocket.core.port;

/**
 * A store's own housekeeping, in steps.
 *
 * <p>No step loses or changes anything that a reader sees, and none holds a writer up for much
 * longer than a commit. All may be done at any time, from any thread, on several servers at once.
 */
public interface Upkeep {

    /** Of a store that needs none. */
    Upkeep NONE =
            new Upkeep() {
                @Override
                public Sizes sizes() {
                    return new Sizes(0, 0, 0);
                }

                @Override
                public boolean giveBack(int step) {
                    return false;
                }

                @Override
                public void refresh() {}

                @Override
                public void merge() {}
            };

    /**
     * What the store takes now.
     *
     * @throws StoreException when the machine failed
     */
    Sizes sizes();

    /**
     * Gives unused space back, in one bounded step of a round.
     *
     * @param step counted from 0
     * @return whether the round has another step
     * @throws StoreException when the machine failed
     */
    boolean giveBack(int step);

    /**
     * Refreshes what the engine plans its queries by.
     *
     * @throws StoreException when the machine failed
     */
    void refresh();

    /**
     * Merges what is logged into the data, as far as nobody is held up by that.
     *
     * @throws StoreException when the machine failed
     */
    void merge();

    /**
     * What a store takes, in bytes.
     *
     * @param data of all it holds, unused space included
     * @param unused of what could be given back; {@link Probe.Reading#UNTOLD} where the engine does
     *     not tell
     * @param logged of what is not merged yet
     */
    record Sizes(long data, long unused, long logged) {}
}
