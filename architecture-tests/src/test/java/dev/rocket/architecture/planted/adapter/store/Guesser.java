package dev.rocket.architecture.planted.adapter.store;

import java.sql.SQLException;

/** Reads a database's message. */
public final class Guesser {

    /** What it says. */
    public String guess(SQLException failure) {
        return String.valueOf(failure.getMessage());
    }
}
