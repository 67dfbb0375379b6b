package dev.rocket.bootstrap.wiring;

import dev.rocket.core.contract.MoveTrial;

/** {@link MoveTrial} from a file to Postgres and back. */
final class MoveToPostgresTest extends EnginesMoveTrial {

    MoveToPostgresTest() {
        super("home");
    }
}
