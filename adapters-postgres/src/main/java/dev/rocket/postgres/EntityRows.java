package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How an entity's row follows its change; tasks have columns of their own. */
final class EntityRows {

    private EntityRows() {}

    /**
     * The step from what is held to an image.
     *
     * @param returns whether the entity was deleted once, and comes back
     */
    static Appended.Step step(Image image, Optional<Held> held, boolean returns) {
        if (image instanceof Image.Gone gone) {
            return end(gone);
        }
        if (held.isEmpty() && returns) {
            Appended.Step birth = step(image, held, false);
            List<Object> values = new ArrayList<>();
            values.add(image.id().kind().wire());
            values.add(image.id().value());
            values.addAll(birth.values());
            return new Appended.Step(
                    ", d AS (DELETE FROM gone WHERE kind = ? AND id = ?) " + birth.sql(), values);
        }
        if (image instanceof Task task) {
            return held.isPresent()
                    ? TaskColumns.update(held.get().task(), task)
                    : TaskColumns.insert(task);
        }
        return held.isPresent() ? edit(image, held.get()) : insert(image);
    }

    private static Appended.Step end(Image.Gone gone) {
        String kind = gone.id().kind().wire();
        UUID id = gone.id().value();
        boolean task = gone.id() instanceof Task.Id;
        String delete =
                task
                        ? ", d AS (DELETE FROM task WHERE id = ? RETURNING id)"
                        : ", d AS (DELETE FROM entity WHERE id = ? AND kind = ? RETURNING id)";
        String insert =
                " INSERT INTO gone (kind, id, revision, seq)"
                        + " SELECT ?, d.id, ?, c.seq FROM c, d RETURNING seq";
        long revision = gone.revision().value();
        return new Appended.Step(
                delete + insert,
                task ? List.of(id, kind, revision) : List.of(id, kind, kind, revision));
    }

    private static Appended.Step edit(Image image, Held held) {
        return new Appended.Step(
                "UPDATE entity SET revision = ?, seq = c.seq, unique_key = ?, owner = ?,"
                        + " image = c.image FROM c"
                        + " WHERE kind = ? AND id = ? AND revision = ? RETURNING c.seq",
                List.of(
                        image.revision().value(),
                        image.uniqueKey(),
                        PostgresRows.id(image.owner()),
                        image.id().kind().wire(),
                        image.id().value(),
                        held.revision().value()));
    }

    private static Appended.Step insert(Image image) {
        return new Appended.Step(
                "INSERT INTO entity (kind, id, revision, seq, unique_key, owner, image)"
                        + " SELECT ?, ?, ?, c.seq, ?, ?, c.image FROM c RETURNING seq",
                List.of(
                        image.id().kind().wire(),
                        image.id().value(),
                        image.revision().value(),
                        image.uniqueKey(),
                        PostgresRows.id(image.owner())));
    }
}
