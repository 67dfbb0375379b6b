/** The store on one SQLite file: one writer, many readers, group commit. */
@NullMarked
package dev.rocket.sqlite;

import org.jspecify.annotations.NullMarked;
