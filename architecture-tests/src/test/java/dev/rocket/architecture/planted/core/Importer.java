package dev.rocket.architecture.planted.core;

import java.sql.Connection;
import java.util.Optional;

/** A domain that knows a database. */
public record Importer(Optional<Connection> connection) {

    /** Whether it is connected. */
    public boolean isConnected() {
        return connection.isPresent();
    }

    /** The connection, by its name. */
    public Connection open() {
        return connection.orElseThrow();
    }
}
