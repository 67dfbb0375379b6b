/** What every store must do, as tests, and the simplest store that does it. */
@NullMarked
package dev.rocket.core.contract;

import org.jspecify.annotations.NullMarked;
