/** The page in a real browser. */
@NullMarked
package dev.rocket.bootstrap.page;

import org.jspecify.annotations.NullMarked;
