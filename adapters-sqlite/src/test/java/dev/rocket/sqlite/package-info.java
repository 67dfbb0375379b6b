/** The contract kit on real files, and what is SQLite's own. */
@NullMarked
package dev.rocket.sqlite;

import org.jspecify.annotations.NullMarked;
