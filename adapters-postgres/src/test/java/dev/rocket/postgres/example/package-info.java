/** Programs that embed the Postgres store, as README shows them. */
@NullMarked
package dev.rocket.postgres.example;

import org.jspecify.annotations.NullMarked;
