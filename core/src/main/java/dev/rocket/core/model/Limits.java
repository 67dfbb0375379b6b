package dev.rocket.core.model;

/** The bounds of the domain. */
public final class Limits {

    /** Characters in a task's title. */
    public static final int TITLE_CHARS = 500;

    /** Characters in notes. */
    public static final int NOTES_CHARS = 100_000;

    /** Characters in a comment. */
    public static final int COMMENT_CHARS = 20_000;

    /** Characters in a name. */
    public static final int NAME_CHARS = 200;

    /** Labels on one task. */
    public static final int LABELS_PER_TASK = 50;

    /** Tasks on a path from a root task to its deepest subtask. */
    public static final int DEPTH = 8;

    /** Changes that one command may cause in other entities, such as subtasks deleted with it. */
    public static final int CASCADE = 1_000;

    /** Items on one page. */
    public static final int PAGE = 200;

    /** Characters of the items on one page together, unless the first alone has more. */
    public static final int PAGE_CHARS = 1_000_000;

    /** Changes on one page of the feed. */
    public static final int CHANGES_PAGE = 1_000;

    /** Commands in one batch. */
    public static final int BATCH = 500;

    /** Characters of a position. */
    public static final int POSITION_CHARS = 100;

    /** Characters of a search text. */
    public static final int SEARCH_CHARS = 200;

    /** Characters of an idempotency key. */
    public static final int IDEMPOTENCY_KEY_CHARS = 200;

    private Limits() {}
}
