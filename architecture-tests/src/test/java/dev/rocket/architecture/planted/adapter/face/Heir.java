package dev.rocket.architecture.planted.adapter.face;

import java.sql.SQLException;

/** Is itself a library's type. */
public final class Heir extends SQLException {

    private static final long serialVersionUID = 1;
}
