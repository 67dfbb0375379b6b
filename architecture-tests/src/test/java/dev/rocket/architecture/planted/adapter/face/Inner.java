package dev.rocket.architecture.planted.adapter.face;

import java.sql.Connection;

/** Shows nothing to others, since nobody outside sees it. */
record Inner(Connection connection) {}
