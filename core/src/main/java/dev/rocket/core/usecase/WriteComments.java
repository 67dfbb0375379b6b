package dev.rocket.core.usecase;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Remarking on tasks. */
public final class WriteComments {

    private final Once once;
    private final InstantSource clock;
    private final Births births;

    /** Writes through {@code once}. */
    public WriteComments(Once once, InstantSource clock, Births births) {
        this.once = once;
        this.clock = clock;
        this.births = births;
    }

    /**
     * Adds a comment to a task; durable on return.
     *
     * @throws Refused with Forbidden (no WRITE), NotFound (no such task), Invalid or KeyReused
     */
    public Change create(Caller caller, Task.Id task, String text) {
        caller.require(Token.Scope.WRITE);
        Comment comment =
                new Comment(
                        new Comment.Id(births.id()),
                        Revision.FIRST,
                        task,
                        caller.actor(),
                        text,
                        Stamp.born(clock.instant()));
        return once.change(
                caller,
                new Plan(
                        "comment.create",
                        snapshot -> {
                            Expected.find(snapshot, task, Optional.empty());
                            return List.of(comment);
                        }));
    }

    /**
     * Rewrites a comment; durable on return.
     *
     * @throws Refused with Forbidden (no WRITE), NotFound, Stale, Invalid or KeyReused
     */
    public Change edit(Caller caller, Comment.Id id, Optional<Revision> expected, String text) {
        caller.require(Token.Scope.WRITE);
        Instant now = clock.instant();
        return once.change(
                caller,
                new Plan(
                        "comment.edit",
                        snapshot ->
                                List.of(Expected.find(snapshot, id, expected).edit(text, now))));
    }

    /**
     * Deletes a comment; durable on return.
     *
     * @throws Refused with Forbidden (no WRITE), NotFound, Stale or KeyReused
     */
    public Change delete(Caller caller, Comment.Id id, Optional<Revision> expected) {
        caller.require(Token.Scope.WRITE);
        return once.change(
                caller,
                new Plan(
                        "comment.delete",
                        snapshot -> {
                            Comment comment = Expected.find(snapshot, id, expected);
                            return List.of(new Image.Gone(id, comment.revision().next()));
                        }));
    }
}
