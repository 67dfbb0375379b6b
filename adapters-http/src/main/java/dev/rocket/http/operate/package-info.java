/** What an operator asks of a running server. */
@NullMarked
package dev.rocket.http.operate;

import org.jspecify.annotations.NullMarked;
