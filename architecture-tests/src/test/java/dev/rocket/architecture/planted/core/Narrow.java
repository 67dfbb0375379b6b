package dev.rocket.architecture.planted.core;

/** A port of one method. */
public sealed interface Narrow permits Wide, Proper {

    /** Closes it. */
    void close();
}
