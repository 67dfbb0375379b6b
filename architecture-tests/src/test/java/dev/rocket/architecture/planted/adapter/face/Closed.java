package dev.rocket.architecture.planted.adapter.face;

import java.sql.Connection;

/** Uses a library and shows nothing of it. */
public final class Closed {

    private final Connection connection;

    Closed(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Whether it has one. */
    public boolean isConnected() {
        return connection() != null;
    }
}
