/** The benchmark, without looking at how large its figures are. */
@NullMarked
package dev.rocket.bootstrap.bench;

import org.jspecify.annotations.NullMarked;
