package dev.rocket.core.operation;

/** Who hears how far work on backups has come. */
@FunctionalInterface
public interface BackupWatch {

    /** Hears nothing. */
    BackupWatch NONE = (step, done) -> {};

    /** What is being done. */
    enum Step {
        /** What an interrupted run left behind is cleared away. */
        CLEARING("clearing"),
        /** The store is copied. */
        COPYING("copying"),
        /** The copy is read back and gets its name. */
        NAMING("naming"),
        /** The backup is restored into a scratch folder. */
        RESTORING("restoring"),
        /** What was archived of the feed is brought here. */
        FETCHING("fetching the archive"),
        /** What was restored is brought forward along the archive. */
        REPLAYING("replaying the archive"),
        /** What was restored is checked against its own feed. */
        CHECKING("checking"),
        /** What was restored is loaded into another place. */
        LOADING("loading"),
        /** What was restored is compared with the store. */
        COMPARING("comparing"),
        /** The verdict is written down. */
        JUDGING("judging"),
        /** The backups from before are read again. */
        RECHECKING("reading older ones"),
        /** The oldest ones go. */
        ROTATING("rotating"),
        /** What was restored takes its place. */
        SWITCHING("switching");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        /** What it is called in front of people. */
        public String words() {
            return words;
        }
    }

    /**
     * Hears of progress; called at the border of every step, and often within the long ones.
     *
     * @param done bytes, changes or entities so far in this step
     */
    void at(Step step, long done);
}
