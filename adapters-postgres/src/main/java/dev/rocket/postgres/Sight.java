package dev.rocket.postgres;

import java.util.List;

/**
 * How far one read sees the feed, and whether the state that it sees is further.
 *
 * <p>A snapshot of Postgres sees whatever was committed, and that may lie behind a place that is
 * still open. The feed is shown up to the first place that may still be filled. Whoever looks at
 * the feed alone, or at the state alone, cannot tell the difference; whoever looks at both in one
 * read must find them at the same place, and is begun anew when they are not.
 */
sealed interface Sight {

    /** The state is looked at. */
    void state();

    /** The last place that is shown. */
    long feed();

    /** The feed and the state of this snapshot are at different places; never shown to anybody. */
    final class Ahead extends RuntimeException {

        private static final long serialVersionUID = 1;

        Ahead() {
            super("the state is ahead of the feed", null, false, false);
        }
    }

    /** A writer's: everything that is committed, and its own. */
    final class Whole implements Sight {

        @Override
        public void state() {}

        @Override
        public long feed() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * One statement's, up to a place below which none was open before.
     *
     * @param feed that place
     */
    record Marked(long feed) implements Sight {

        @Override
        public void state() {}
    }

    /** One in which nothing was under way: no place is open. */
    final class Quiet implements Sight {

        private final Statements statements;
        private long end = -1;

        Quiet(Statements statements) {
            this.statements = statements;
        }

        @Override
        public void state() {}

        @Override
        public long feed() {
            if (end < 0) {
                end = statements.number("SELECT max(seq) FROM change");
            }
            return end;
        }
    }

    /** A reader's, who knows a place up to which none was open before the snapshot was taken. */
    final class Bounded implements Sight {

        private static final int MANY = 1_000;

        private final Statements statements;
        private final long mark;
        private long end = -1;
        private boolean ahead;
        private boolean state;

        Bounded(Statements statements, long mark) {
            this.statements = statements;
            this.mark = mark;
        }

        @Override
        public void state() {
            state = true;
            check();
        }

        @Override
        public long feed() {
            if (end < 0) {
                List<Long> more =
                        statements.list(
                                row -> row.getLong(1),
                                "SELECT seq FROM change WHERE seq > ? ORDER BY seq LIMIT " + MANY,
                                mark);
                int joined = 0;
                while (joined < more.size() && more.get(joined) == mark + joined + 1) {
                    joined++;
                }
                end = mark + joined;
                ahead = joined < more.size() || more.size() == MANY;
                check();
            }
            return end;
        }

        private void check() {
            if (state && ahead) {
                throw new Ahead();
            }
        }
    }
}
