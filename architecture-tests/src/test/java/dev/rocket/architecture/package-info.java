/** Rocket's plan, its rules, and a planted violation for each. */
@NullMarked
package dev.rocket.architecture;

import org.jspecify.annotations.NullMarked;
