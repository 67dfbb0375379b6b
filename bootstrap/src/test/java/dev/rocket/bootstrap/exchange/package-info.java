@NullMarked
package dev.rocket.bootstrap.exchange;

import org.jspecify.annotations.NullMarked;
