package dev.rocket.architecture.planted.adapter.core;

import dev.rocket.architecture.planted.adapter.port.Ledger;

/** Reads and changes nothing. */
public final class Onlooker {

    /** What is there. */
    public String look(Ledger ledger) {
        return ledger.read();
    }
}
