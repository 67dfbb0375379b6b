package dev.rocket.sqlite;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the store holds of an entity now.
 *
 * @param task the task itself; empty for other entities
 * @param titleWords the words of its title as they are indexed
 */
record Held(long row, Revision revision, long seq, Optional<Task> task, String titleWords) {

    /** What is read of a task. */
    static final String TASK = "row, seq, image, title_words";

    Held(long row, Task task, long seq, String titleWords) {
        this(row, task.revision(), seq, Optional.of(task), titleWords);
    }

    static Held task(ResultSet row) throws SQLException {
        Task task = (Task) ImageText.parse(Image.Kind.TASK, row.getString(3));
        return new Held(row.getLong(1), task, row.getLong(2), row.getString(4));
    }

    static Held other(ResultSet row) throws SQLException {
        Revision revision = new Revision(row.getLong(1));
        return new Held(0, revision, row.getLong(2), Optional.empty(), "");
    }

    /**
     * The place of the change that comes before an image.
     *
     * @throws Refused with Exists or Stale when the image does not come next
     */
    long before(Image image) {
        if (!image.revision().equals(revision.next())) {
            boolean birth =
                    image.revision().equals(Revision.FIRST) && !(image instanceof Image.Gone);
            Image.Id<?> id = image.id();
            throw new Refused(birth ? new Refusal.Exists(id) : new Refusal.Stale(id, revision));
        }
        return seq;
    }
}
