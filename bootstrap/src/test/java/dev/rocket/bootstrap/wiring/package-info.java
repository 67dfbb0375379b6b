/** Settings, log lines and the clockwork, each by itself. */
@NullMarked
package dev.rocket.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
