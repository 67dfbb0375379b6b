package dev.rocket.core.model;

/**
 * A question that a page answers.
 *
 * @param <I> what is listed
 */
public sealed interface Listing<I extends Image> {

    /** Where to begin, exclusive. */
    Cursor after();

    /** Items at most, 1 to {@link Limits#PAGE}. */
    int limit();

    /** The same question, further on. */
    Listing<I> from(Cursor cursor);

    /** Tasks that a filter matches, in an order. */
    record Tasks(TaskFilter filter, TaskOrder order, Cursor after, int limit)
            implements Listing<Task> {
        /** Refuses a limit out of range. */
        public Tasks {
            checked(limit);
        }

        @Override
        public Tasks from(Cursor cursor) {
            return new Tasks(filter, order, cursor, limit);
        }
    }

    /** Every entity of a kind, ascending by id. */
    record All<I extends Image>(Class<I> type, Image.Kind kind, Cursor after, int limit)
            implements Listing<I> {
        /** Refuses a limit out of range. */
        public All {
            checked(limit);
        }

        @Override
        public All<I> from(Cursor cursor) {
            return new All<>(type, kind, cursor, limit);
        }
    }

    /** The comments on a task, ascending by id, which is oldest first. */
    record Comments(Task.Id task, Cursor after, int limit) implements Listing<Comment> {
        /** Refuses a limit out of range. */
        public Comments {
            checked(limit);
        }

        @Override
        public Comments from(Cursor cursor) {
            return new Comments(task, cursor, limit);
        }
    }

    private static void checked(int limit) {
        if (limit < 1 || limit > Limits.PAGE) {
            throw Refused.invalid("limit", "must be 1 to " + Limits.PAGE);
        }
    }
}
