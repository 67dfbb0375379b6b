package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the store holds of an entity now.
 *
 * @param image the entity itself; empty for the trace of one that is gone
 */
record Held(Revision revision, long seq, Optional<Image> image) {

    /** An entity from its place and image. */
    static Held image(Image.Kind kind, ResultSet row) throws SQLException {
        Image image = ImageText.parse(kind, row.getString(2));
        return new Held(image.revision(), row.getLong(1), Optional.of(image));
    }

    /** What is gone, from its place and revision. */
    static Held gone(ResultSet row) throws SQLException {
        return new Held(new Revision(row.getLong(2)), row.getLong(1), Optional.empty());
    }

    /** The task that it must be. */
    Task task() {
        return (Task) image.orElseThrow();
    }
}
