/** The store on Postgres: many servers, many writers, one feed. */
@NullMarked
package dev.rocket.postgres;

import org.jspecify.annotations.NullMarked;
