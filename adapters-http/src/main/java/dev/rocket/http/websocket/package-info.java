/** WebSocket on the server library's connections, frame by frame; it knows nothing of Rocket. */
@NullMarked
package dev.rocket.http.websocket;

import org.jspecify.annotations.NullMarked;
