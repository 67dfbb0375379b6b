package dev.rocket.architecture.planted.rooms.high;

import dev.rocket.architecture.planted.rooms.low.Ground;
import java.util.List;

/** Reaches down. */
public final class Tower {

    /** What it stands on. */
    public List<Ground> grounds() {
        return List.of(new Ground());
    }
}
