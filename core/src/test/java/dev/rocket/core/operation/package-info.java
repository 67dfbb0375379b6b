@NullMarked
package dev.rocket.core.operation;

import org.jspecify.annotations.NullMarked;
