/** The figures by themselves. */
@NullMarked
package dev.rocket.http.observe;

import org.jspecify.annotations.NullMarked;
