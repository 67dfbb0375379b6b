/** Tests of the use cases on the reference store. */
@NullMarked
package dev.rocket.core.usecase;

import org.jspecify.annotations.NullMarked;
