/** The plan of the house as rules, for Rocket and for other hexagons. */
@NullMarked
package dev.rocket.architecture;

import org.jspecify.annotations.NullMarked;
