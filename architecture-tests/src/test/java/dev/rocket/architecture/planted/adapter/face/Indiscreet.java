package dev.rocket.architecture.planted.adapter.face;

import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** Shows a library's type deep inside another. */
public interface Indiscreet {

    /** What it has. */
    List<Map<String, ? extends Connection>> connections();
}
