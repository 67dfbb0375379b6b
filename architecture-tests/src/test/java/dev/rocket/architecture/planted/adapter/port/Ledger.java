package dev.rocket.architecture.planted.adapter.port;

/** What may be changed through doors alone. */
public interface Ledger {

    /** Changes it. */
    void change(String entry);

    /** Reads it. */
    String read();
}
