package dev.rocket.architecture.planted.adapter.store;

/** Searches a message whose type it hides. */
public final class Fox {

    /** Whether it says so. */
    public boolean isBusy(Exception failure) {
        return String.valueOf(failure.getMessage()).contains("locked");
    }
}
