/** What the core needs of the world outside it. */
@NullMarked
package dev.rocket.core.port;

import org.jspecify.annotations.NullMarked;
