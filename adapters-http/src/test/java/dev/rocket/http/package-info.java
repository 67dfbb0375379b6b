/** The adapter from outside, over HTTP, on the reference store. */
@NullMarked
package dev.rocket.http;

import org.jspecify.annotations.NullMarked;
