/** Rocket as a part of another program. */
@NullMarked
package dev.rocket.sqlite.example;

import org.jspecify.annotations.NullMarked;
