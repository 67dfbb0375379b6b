package dev.rocket.bootstrap.bench;

import java.util.Map;

/** A schema for one measurement, dropped afterwards and when the program ends. */
final class FreshSchema implements AutoCloseable {

    private final Ground ground;
    private final String name;
    private final Thread hook;

    /** A name that nobody has; the server that is started on it makes the schema. */
    FreshSchema(Ground ground) {
        this.ground = ground;
        this.name = ground.fresh();
        this.hook = new Thread(() -> ground.drop(name));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The settings of a server on it. */
    Map<String, String> settings() {
        return ground.settings(name);
    }

    @Override
    public void close() {
        ground.drop(name);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook runs already.
            Thread.onSpinWait();
        }
    }
}
