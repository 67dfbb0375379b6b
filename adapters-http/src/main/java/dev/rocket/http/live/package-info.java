/** Following the feed: WebSockets, streams and long polls. */
@NullMarked
package dev.rocket.http.live;

import org.jspecify.annotations.NullMarked;
