package dev.rocket.core.operation;

import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import java.util.Optional;

/**
 * One entity that an import wants to stand.
 *
 * @param image the entity; catalog entries that it refers to come before it, its parent may follow
 * @param where its place in what is read, for people: {@code todo.txt line 12}
 * @param exactness how much of it counts
 */
public record ImportItem(Image image, String where, Exactness exactness) {

    /** How much of an entity counts beside one that exists. */
    public enum Exactness {
        /** Everything: it was written by Rocket itself. */
        EXACT,
        /** What the other program said; revision and position are the store's own. */
        CONTENT,
        /** As CONTENT, and its instants were assumed. */
        UNDATED
    }

    /** The task that must be there first: a parent, or what a comment is about. */
    Optional<Task.Id> awaited() {
        return switch (image) {
            case Task task -> task.links().parent();
            case Comment comment -> comment.owner();
            default -> Optional.empty();
        };
    }

    /** What kind of entity it is, in the word that files use. */
    String kind() {
        return image.id().kind().wire();
    }

    /** The same with another image. */
    ImportItem with(Image other) {
        return new ImportItem(other, where, exactness);
    }
}
