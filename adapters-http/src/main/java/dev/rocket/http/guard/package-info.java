/** Who may pass: routes, tokens, limits and addresses. */
@NullMarked
package dev.rocket.http.guard;

import org.jspecify.annotations.NullMarked;
