package dev.rocket.architecture.planted.rooms.side;

import dev.rocket.architecture.planted.rooms.high.Tower;

/** Reaches a room, through an array alone. */
public final class Window {

    private final Tower[] towers = {};

    /** How much is seen. */
    public int view() {
        return towers.length;
    }
}
