package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction has read under lock, so that nobody changes it before the end.
 *
 * <p>A task that is read is nearly always written, and is locked alone. Other entities are read by
 * many who only refer to them, and are shared; whoever then writes one must get it alone without
 * waiting, since two who share and wait for each other would wait for the deadlock to be found. Who
 * does not get it begins anew, and locks it alone from the start.
 */
final class RowLocks {

    private final Statements statements;
    private final Set<Image.Id<?>> wanted;
    private final Map<Image.Id<?>, Held> seen = new HashMap<>();
    private final Map<Image.Id<?>, Optional<Held>> missing = new HashMap<>();
    private final Set<Image.Id<?>> alone = new HashSet<>();

    /** Begins without locks; {@code wanted} is kept for the next attempt. */
    RowLocks(Statements statements, Set<Image.Id<?>> wanted) {
        this.statements = statements;
        this.wanted = wanted;
    }

    /** Whether it was asked for already. */
    boolean isKnown(Image.Id<?> id) {
        return seen.containsKey(id) || missing.containsKey(id);
    }

    /** An entity, locked; read at most once. */
    Optional<Held> find(Image.Id<?> id) {
        Held known = seen.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Held> found = read(id);
        if (found.isPresent()) {
            if (missing.containsKey(id)) {
                throw new Conflict("what was missing has come");
            }
            seen.put(id, found.get());
        }
        return found;
    }

    /** An entity of which the caller will tell whether it is there. */
    Optional<Held> tell(Image.Id<?> id) {
        Optional<Held> found = find(id);
        if (found.isEmpty() && !missing.containsKey(id)) {
            // Deleted and put again while the row was waited for: only a later look sees it.
            found = find(id);
            if (found.isEmpty()) {
                missing.put(id, gone(id));
            }
        }
        return found;
    }

    private Optional<Held> read(Image.Id<?> id) {
        if (id instanceof Task.Id) {
            return statements.first(
                    row -> Held.image(Image.Kind.TASK, row),
                    "SELECT seq, image FROM task WHERE id = ? FOR UPDATE",
                    id.value());
        }
        boolean mine = wanted.contains(id);
        Optional<Held> found =
                statements.first(
                        row -> Held.image(id.kind(), row),
                        "SELECT seq, image FROM entity WHERE kind = ? AND id = ? FOR "
                                + (mine ? "UPDATE" : "SHARE"),
                        id.kind().wire(),
                        id.value());
        if (mine && found.isPresent()) {
            alone.add(id);
        }
        return found;
    }

    /** Locks an entity alone, if it is there. */
    void own(Image.Id<?> id) {
        if (id instanceof Task.Id || alone.contains(id)) {
            find(id);
            return;
        }
        boolean shared = seen.containsKey(id);
        wanted.add(id);
        if (shared) {
            statements.first(
                    row -> row.getLong(1),
                    "SELECT seq FROM entity WHERE kind = ? AND id = ? FOR UPDATE NOWAIT",
                    id.kind().wire(),
                    id.value());
            alone.add(id);
        } else {
            find(id);
        }
    }

    /** The trace of an entity that is gone, locked; empty when it never was. */
    Optional<Held> trace(Image.Id<?> id) {
        Optional<Held> gone = gone(id);
        Optional<Held> told = missing.get(id);
        if (told != null && !told.equals(gone)) {
            throw new Conflict("what was missing has come and gone");
        }
        return gone;
    }

    private Optional<Held> gone(Image.Id<?> id) {
        return statements.first(
                Held::gone,
                "SELECT seq, revision FROM gone WHERE kind = ? AND id = ? FOR UPDATE",
                id.kind().wire(),
                id.value());
    }

    /** Keeps what this transaction has just written itself. */
    void wrote(Image.Id<?> id, Held now) {
        missing.remove(id);
        alone.add(id);
        seen.put(id, now);
    }

    /** Forgets what this transaction has just deleted itself. */
    void deleted(Image.Id<?> id) {
        seen.remove(id);
        missing.remove(id);
    }

    /** Forgets all, since locks end with the savepoint that they were taken in. */
    void clear() {
        seen.clear();
        missing.clear();
        alone.clear();
    }
}
