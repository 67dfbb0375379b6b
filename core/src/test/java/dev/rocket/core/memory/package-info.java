/** The reference store before its own contracts. */
@NullMarked
package dev.rocket.core.memory;

import org.jspecify.annotations.NullMarked;
