package dev.rocket.core.operation;

import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import java.util.List;
import java.util.Optional;

/** A place at which a store is, or may be. */
public interface Destination {

    /** What people call it; the same whenever it is asked, and without a password. */
    String place();

    /**
     * Opens what is there, whether it is in charge or not.
     *
     * @return empty when nothing is there, or nothing was ever written to it
     * @throws dev.rocket.core.port.StoreException when it cannot be reached, or holds what is no
     *     store
     */
    Optional<Store> found();

    /**
     * Opens a way in bulk; nothing may be there.
     *
     * @throws dev.rocket.core.port.StoreException when it cannot be reached or holds anything
     */
    Loader loader();

    /**
     * Throws away the copy that an unfinished move left, and nothing else.
     *
     * @param source the store that it must be a copy of
     */
    void discard(String source);

    /** How many servers have it open; 0 when that cannot be told. */
    int servers();

    /** The space left there, in bytes; negative when that cannot be told. */
    long freeBytes();

    /** The settings that lead a server there, a line each; without a password. */
    List<String> settings();
}
