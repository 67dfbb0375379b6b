/** Reading and telling, without a server. */
@NullMarked
package dev.rocket.http.wire;

import org.jspecify.annotations.NullMarked;
