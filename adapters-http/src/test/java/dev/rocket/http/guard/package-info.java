/** The guards one by one. */
@NullMarked
package dev.rocket.http.guard;

import org.jspecify.annotations.NullMarked;
