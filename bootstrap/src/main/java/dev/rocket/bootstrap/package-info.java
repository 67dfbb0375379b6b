/** The program's first step. */
@NullMarked
package dev.rocket.bootstrap;

import org.jspecify.annotations.NullMarked;
