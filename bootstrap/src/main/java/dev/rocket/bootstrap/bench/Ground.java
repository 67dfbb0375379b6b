package dev.rocket.bootstrap.bench;

import java.util.Map;

/** A database in which each measurement gets a schema of its own. */
public interface Ground {

    /** A schema that nobody has; a server makes it. */
    String fresh();

    /** The settings of a server on a schema. */
    Map<String, String> settings(String schema);

    /** Drops a schema with all that it holds; idempotent. */
    void drop(String schema);
}
