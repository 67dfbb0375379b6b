/** Settings, and the one place that puts the parts together. */
@NullMarked
package dev.rocket.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
