package dev.rocket.architecture.planted.adapter.core;

import dev.rocket.architecture.planted.adapter.port.Ledger;
import java.util.List;

/** A door. */
public final class Porter {

    /** Changes what it is told to. */
    public void carry(Ledger ledger, List<String> entries) {
        entries.forEach(entry -> ledger.change(entry));
    }
}
