/** What an operator or the clock asks of Rocket. */
@NullMarked
package dev.rocket.core.operation;

import org.jspecify.annotations.NullMarked;
