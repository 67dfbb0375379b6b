package dev.rocket.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A remark on a task.
 *
 * @param id for ever
 * @param revision its changes so far
 * @param task what it is about; the comment is deleted with it
 * @param author who wrote it
 * @param text Markdown, 1 to {@link Limits#COMMENT_CHARS} characters
 * @param stamp made and last changed
 */
public record Comment(
        Id id, Revision revision, Task.Id task, Actor author, String text, Stamp stamp)
        implements Image {

    /** The id of a comment. */
    public record Id(UUID value) implements Image.Id<Comment> {
        @Override
        public Kind kind() {
            return Kind.COMMENT;
        }

        @Override
        public Class<Comment> type() {
            return Comment.class;
        }
    }

    /** Refuses an empty or too long text. */
    public Comment {
        text = Text.prose("text", text, Limits.COMMENT_CHARS);
        if (text.isBlank()) {
            throw Refused.invalid("text", "must not be blank");
        }
    }

    /** This comment saying something else, one revision on. */
    public Comment edit(String newText, Instant now) {
        return new Comment(id, revision.next(), task, author, newText, stamp.touched(now));
    }

    @Override
    public Optional<Task.Id> owner() {
        return Optional.of(task);
    }
}
