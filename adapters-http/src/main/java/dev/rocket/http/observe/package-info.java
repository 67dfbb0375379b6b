/** Health and metrics. */
@NullMarked
package dev.rocket.http.observe;

import org.jspecify.annotations.NullMarked;
