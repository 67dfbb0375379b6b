/** The HTTP adapter: Rocket's use cases as a web server. */
@NullMarked
package dev.rocket.http;

import org.jspecify.annotations.NullMarked;
