/** The Postgres store against the contract kit and a real server. */
@NullMarked
package dev.rocket.postgres;

import org.jspecify.annotations.NullMarked;
