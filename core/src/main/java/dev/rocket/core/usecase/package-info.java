/** What a person asks of Rocket. */
@NullMarked
package dev.rocket.core.usecase;

import org.jspecify.annotations.NullMarked;
