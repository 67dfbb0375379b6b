package dev.rocket.core.operation;

import java.time.Duration;

/**
 * Where a store moves from, where to, and how long writes may wait for that.
 *
 * @param freeze how long any write may wait, unless the copy takes over
 */
record Route(Destination from, Destination to, Duration freeze) {}
