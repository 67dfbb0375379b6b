/** Measuring a server from outside, on the machine it will run on. */
@NullMarked
package dev.rocket.bootstrap.bench;

import org.jspecify.annotations.NullMarked;
