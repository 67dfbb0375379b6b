package dev.rocket.architecture.planted.adapter.shop;

import java.sql.SQLException;

/** Knows a database, and is no store. */
public final class Peeper {

    /** Whether it failed. */
    public boolean isFailure(Exception e) {
        return e instanceof SQLException;
    }
}
