package dev.rocket.architecture.planted.adapter.core;

import dev.rocket.architecture.planted.adapter.port.Ledger;
import java.util.List;

/** Changes beside the door, by a reference. */
public final class Smuggler {

    /** Changes what it likes. */
    public void carry(Ledger ledger, List<String> entries) {
        entries.forEach(ledger::change);
    }
}
