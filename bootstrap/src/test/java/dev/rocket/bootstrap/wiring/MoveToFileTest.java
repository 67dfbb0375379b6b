package dev.rocket.bootstrap.wiring;

import dev.rocket.core.contract.MoveTrial;

/** {@link MoveTrial} from Postgres to a file and back. */
final class MoveToFileTest extends EnginesMoveTrial {

    MoveToFileTest() {
        super("away");
    }
}
