package dev.rocket.core.port;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What can be measured of a store; safe from any thread. */
public interface Probe {

    /**
     * Tries whether a write could be made now, by one that changes nothing that readers see.
     *
     * @param atMost how long to wait for the answer
     * @return what is wrong and what to do; empty when all is well
     */
    Optional<String> trouble(Duration atMost);

    /**
     * Looks for what is wrong with how the store holds what it holds; reads all of it.
     *
     * @param most how many are told
     * @param looked hears how many rows were looked at so far
     * @return empty when all is well, or nothing can be told
     * @throws StoreException when the machine failed, or the database's user may not look
     */
    default List<Flaw> flaws(int most, LongConsumer looked) {
        return List.of();
    }

    /** What there is to say of the engine and of how it is set; empty when nothing is known. */
    default List<Remark> remarks() {
        return List.of();
    }

    /** The figures of this moment. */
    Reading reading();

    /**
     * Something that is wrong with how the store holds what it holds.
     *
     * @param part what it is wrong with
     * @param what is wrong, in a sentence that names it
     */
    record Flaw(Part part, String what) {

        /** What a flaw is in, and so what is lost by it. */
        public enum Part {
            /** What finds entities; they and the feed can be read. */
            INDEX,
            /** An entity; the feed still says what it is. */
            ENTITY,
            /** The feed, or what holds all. */
            FEED
        }
    }

    /**
     * Something to say of the engine.
     *
     * @param weight how much it matters
     * @param what was seen, each number with its unit
     * @param remedy a command to type or what else to do; empty for a note
     */
    record Remark(Weight weight, String what, String remedy) {

        /** How much a remark matters. */
        public enum Weight {
            /** It is as it should be. */
            NOTE,
            /** It works, but somebody should see to it. */
            CONCERN,
            /** What was answered as durable may be lost. */
            DANGER
        }

        /** Something that is as it should be. */
        public static Remark note(String what) {
            return new Remark(Weight.NOTE, what, "");
        }
    }

    /**
     * Figures of one moment.
     *
     * @param engine {@code sqlite}, {@code postgres}, {@code memory}
     * @param schema the schema's version
     * @param queued commands that wait for the writer
     * @param queueCapacity how many may wait
     * @param dataBytes size of the data
     * @param walBytes size of what is logged and not yet merged
     * @param freeBytes space left on the volume; {@link #UNTOLD} where the engine does not tell
     */
    record Reading(
            String engine,
            int schema,
            int queued,
            int queueCapacity,
            long dataBytes,
            long walBytes,
            long freeBytes) {

        /** What stands for a figure that the engine does not tell. */
        public static final long UNTOLD = -1;
    }
}
