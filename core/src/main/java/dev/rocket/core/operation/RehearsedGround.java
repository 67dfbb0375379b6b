package dev.rocket.core.operation;

import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A store as it would stand if what was rehearsed had been applied.
 *
 * <p>It keeps a trace of each entity that it would have written, about 120 bytes.
 */
final class RehearsedGround implements Ground {

    /** What is remembered over all batches. */
    static final class Memory {
        private final Map<UUID, Trace> traces = new HashMap<>();
        private final Map<String, Image.Id<?>> names = new HashMap<>();
    }

    private record Trace(long print, Optional<Task.Id> parent) {}

    private static final Position ANYWHERE = Position.ofBirth(0);
    private static final Stamp ANYTIME = Stamp.born(Instant.EPOCH);

    private final Snapshot snapshot;
    private final Memory before;
    private final Memory now = new Memory();

    RehearsedGround(Snapshot snapshot, Memory before) {
        this.snapshot = snapshot;
        this.before = before;
    }

    /** Adds what was rehearsed on this ground to the memory. */
    void remember() {
        before.traces.putAll(now.traces);
        before.names.putAll(now.names);
    }

    @Override
    public boolean holds(Image.Id<?> id) {
        return trace(id).isPresent() || snapshot.find(id).isPresent();
    }

    @Override
    public Optional<Task.Id> parent(Task.Id id) {
        Optional<Trace> trace = trace(id);
        return trace.isPresent()
                ? trace.get().parent()
                : snapshot.find(id).flatMap(task -> task.links().parent());
    }

    @Override
    public int height(Task.Id id, int enough) {
        return AppliedGround.height(snapshot, id, enough);
    }

    @Override
    public Optional<Image.Id<?>> named(Image wanted) {
        String name = name(wanted);
        Image.Id<?> fresh = now.names.get(name);
        Image.Id<?> known = fresh == null ? before.names.get(name) : fresh;
        return known == null ? AppliedGround.named(snapshot, wanted) : Optional.of(known);
    }

    @Override
    public Standing standing(ImportItem wanted) {
        Optional<Trace> trace = trace(wanted.image().id());
        if (trace.isPresent()) {
            boolean same = trace.get().print() == print(wanted);
            return same ? Standing.SAME : Standing.OTHER;
        }
        return AppliedGround.standing(snapshot, wanted);
    }

    @Override
    public String differences(ImportItem wanted) {
        return trace(wanted.image().id()).isPresent()
                ? ""
                : AppliedGround.differences(snapshot, wanted);
    }

    @Override
    public void put(ImportItem wanted) {
        Image image = wanted.image();
        now.traces.put(image.id().value(), new Trace(print(wanted), Likeness.parent(image)));
        if (image.uniqueKey().isPresent()) {
            now.names.put(name(image), image.id());
        }
    }

    private Optional<Trace> trace(Image.Id<?> id) {
        Trace fresh = now.traces.get(id.value());
        return Optional.ofNullable(fresh == null ? before.traces.get(id.value()) : fresh);
    }

    private static String name(Image image) {
        return image.id().kind().wire() + " " + image.uniqueKey().orElse("");
    }

    /** The first 64 bits of a digest of what counts. */
    private static long print(ImportItem wanted) {
        if (wanted.exactness() == ImportItem.Exactness.EXACT) {
            return Digest.of(wanted.image()).a();
        }
        boolean dated = wanted.exactness() == ImportItem.Exactness.CONTENT;
        Image image = wanted.image();
        if (image instanceof Task task) {
            TaskEdit edit = TaskEdit.of(new TaskEdit.At(ANYWHERE));
            Task plain = task.with(edit, Revision.FIRST, dated ? task.stamp() : ANYTIME);
            image = dated ? plain : plain.completedAt(Optional.empty());
        }
        return Digest.of(image).a();
    }
}
