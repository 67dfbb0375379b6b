/** The REST routes. */
@NullMarked
package dev.rocket.http.api;

import org.jspecify.annotations.NullMarked;
