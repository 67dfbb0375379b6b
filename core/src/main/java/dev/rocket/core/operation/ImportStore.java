package dev.rocket.core.operation;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Store;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Bringing in entities that another program, or another store, wrote.
 *
 * <p>Entities are applied in steps of at most {@link Limits#BATCH}, each durable before the next.
 * One that is there already is left alone, so an import that was interrupted is resumed by running
 * it again, and running it twice changes nothing. A task whose parent comes later, and a comment
 * whose task does, is held in memory until then: {@link #HELD} at most, after which the oldest go
 * in without the parent.
 */
public final class ImportStore {

    /** Entities that may wait for others that come later. */
    public static final int HELD = 50_000;

    /** What became of an entity. */
    public enum Result {
        /** It was not there. */
        CREATED,
        /** It was there in another form and was replaced. */
        UPDATED,
        /** It was there already. */
        UNCHANGED,
        /** It is there in another form, or was deleted, and was left so. */
        KEPT,
        /** It could not be brought in. */
        LOST,
        /** It is not decided yet. */
        WAITS
    }

    /**
     * How to import.
     *
     * @param source names the cause of the changes, as {@code taskwarrior}
     * @param update whether what differs is replaced and what was deleted comes back
     * @param rehearse whether to change nothing and only tell; holds about 120 bytes an entity
     */
    public record Manner(String source, boolean update, boolean rehearse) {}

    /**
     * What an import came to.
     *
     * @param counts how many entities of each kind had each result
     */
    public record Report(Map<Result, Map<Image.Kind, Long>> counts) {

        /** Entities of a kind that had that result. */
        public long count(Result result, Image.Kind kind) {
            return counts.getOrDefault(result, Map.of()).getOrDefault(kind, 0L);
        }

        /** Entities of any kind that had that result. */
        public long count(Result result) {
            return counts.getOrDefault(result, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private final Store store;
    private final InstantSource clock;

    /** Imports into that store. */
    public ImportStore(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Imports; every entity told as settled is durable.
     *
     * @param items read one after the other, never ahead of a step
     * @param findings hears what could not be kept, in the order in which it is found
     * @param progress hears how many entities are settled so far, after each step
     * @throws dev.rocket.core.port.StoreException when the machine failed; what was applied stays
     */
    public Report run(
            Iterator<ImportItem> items,
            Manner manner,
            Consumer<? super Finding> findings,
            LongConsumer progress) {
        return new Run(manner, findings, progress).all(items);
    }

    private final class Run {

        private final Manner manner;
        private final Consumer<? super Finding> findings;
        private final LongConsumer progress;
        private final Map<UUID, UUID> aliases = new HashMap<>();
        private final RehearsedGround.Memory memory = new RehearsedGround.Memory();
        private final Map<Result, Map<Image.Kind, Long>> counts = new EnumMap<>(Result.class);
        private final Deque<ImportItem> ready = new ArrayDeque<>();
        private final Waiting waiting = new Waiting();
        private long settled;

        Run(Manner manner, Consumer<? super Finding> findings, LongConsumer progress) {
            this.manner = manner;
            this.findings = findings;
            this.progress = progress;
        }

        Report all(Iterator<ImportItem> items) {
            while (!ready.isEmpty() || items.hasNext() || waiting.size() > 0) {
                List<ImportItem> batch = new ArrayList<>(Limits.BATCH);
                while (batch.size() < Limits.BATCH && (!ready.isEmpty() || items.hasNext())) {
                    batch.add(ready.isEmpty() ? items.next() : ready.remove());
                }
                step(batch, false);
                if (waiting.size() > HELD) {
                    steps(waiting.oldest(Limits.BATCH), true);
                }
                boolean over = ready.isEmpty() && !items.hasNext();
                if (over && waiting.size() > 0) {
                    steps(waiting.hopeless(), true);
                }
            }
            return new Report(counts);
        }

        private void steps(List<ImportItem> items, boolean atTheEnd) {
            for (int i = 0; i < items.size(); i += Limits.BATCH) {
                step(items.subList(i, Math.min(i + Limits.BATCH, items.size())), atTheEnd);
            }
        }

        private void step(List<ImportItem> batch, boolean atTheEnd) {
            List<Settling.Settled> all =
                    manner.rehearse() ? rehearse(batch, atTheEnd) : apply(batch, atTheEnd);
            Set<Task.Id> here = new HashSet<>();
            for (Settling.Settled one : all) {
                one.findings().forEach(findings);
                Image.Id<?> id = one.item().image().id();
                if (one.result() == Result.WAITS) {
                    waiting.add(one.item());
                    continue;
                }
                counts.computeIfAbsent(one.result(), r -> new EnumMap<>(Image.Kind.class))
                        .merge(id.kind(), 1L, Long::sum);
                settled++;
                if (id instanceof Task.Id task && one.result() != Result.LOST) {
                    here.add(task);
                }
            }
            here.forEach(task -> ready.addAll(waiting.release(task)));
            progress.accept(settled);
        }

        private List<Settling.Settled> apply(List<ImportItem> batch, boolean atTheEnd) {
            String cause = "import." + manner.source();
            return store.write(
                    tx -> settle(new AppliedGround(tx, cause, clock.instant()), batch, atTheEnd));
        }

        private List<Settling.Settled> rehearse(List<ImportItem> batch, boolean atTheEnd) {
            return store.read(
                    snapshot -> {
                        RehearsedGround ground = new RehearsedGround(snapshot, memory);
                        List<Settling.Settled> all = settle(ground, batch, atTheEnd);
                        ground.remember();
                        return all;
                    });
        }

        private List<Settling.Settled> settle(
                Ground ground, List<ImportItem> batch, boolean atTheEnd) {
            Settling settling = new Settling(ground, aliases, manner.update(), atTheEnd);
            return batch.stream().map(settling::settle).toList();
        }
    }
}
