package dev.rocket.bootstrap.wiring;

import java.util.List;

/** Tells everything that is wrong with the configuration at once. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Tells these problems, each a sentence with its remedy. */
    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
