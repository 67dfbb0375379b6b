package dev.rocket.architecture.planted.core;

/** A port of four methods, one of them inherited. */
public non-sealed interface Wide extends Narrow {

    /** One. */
    void one();

    /** Two. */
    void two();

    /** The second, otherwise. */
    void two(int times);
}
