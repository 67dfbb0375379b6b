package dev.rocket.postgres;

/**
 * From one start of the database's process to the next.
 *
 * <p>A replica that was promoted may not have the last commits, nor know which places were given
 * for them; readers may have seen them all the same. So whoever writes first in a new era skips
 * more places than can have been lost, before any other place of that era is given.
 */
final class Era {

    /** Places that are skipped. */
    static final long LEAP = 1 << 20;

    /** True in a statement while the era lasts. */
    static final String LASTS = "(SELECT era FROM rocket) = pg_postmaster_start_time()";

    private Era() {}

    /** Whether the database was started anew, and nobody has written since. */
    static boolean isOver(Statements statements) {
        return statements.number("SELECT (NOT " + LASTS + ")::int") == 1;
    }

    /** Begins a new one in the running transaction, unless another has done so meanwhile. */
    static void begin(Statements statements) {
        long over =
                statements.number(
                        "SELECT 1 FROM rocket WHERE era <> pg_postmaster_start_time() FOR UPDATE");
        if (over == 1) {
            statements.number(
                    "SELECT setval('change_seq', last_value + " + LEAP + ") FROM change_seq");
            statements.run("UPDATE rocket SET era = pg_postmaster_start_time()");
        }
    }
}
