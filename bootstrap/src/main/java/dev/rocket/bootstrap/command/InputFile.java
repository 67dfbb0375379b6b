package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.exchange.Format;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file to import: one on disk, a pipe, or standard input.
 *
 * @param argument as it stands on the command line; {@code -} is standard input
 */
record InputFile(String argument) {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Why these files cannot all be imported, each with its remedy; empty when they can. */
    static List<String> flaws(List<InputFile> files) {
        List<String> flaws = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (InputFile file : files) {
            file.flaw().ifPresent(flaws::add);
            if (!seen.add(file.argument)) {
                flaws.add(file.name() + " is named twice; name each file once.");
            }
        }
        return flaws;
    }

    boolean isStandardInput() {
        return argument.equals("-");
    }

    /** What people call it. */
    String name() {
        return isStandardInput() ? "standard input" : argument;
    }

    private Optional<String> flaw() {
        if (isStandardInput()) {
            return Optional.empty();
        }
        try {
            Path path = path();
            if (!Files.exists(path)) {
                return Optional.of(name() + " does not exist; check the name.");
            }
            if (Files.isDirectory(path)) {
                return Optional.of(name() + " is a folder; name the files in it.");
            }
            return Files.isReadable(path)
                    ? Optional.empty()
                    : Optional.of(name() + " cannot be read; allow this user to read it.");
        } catch (InvalidPathException e) {
            return Optional.of(name() + " is no file name; check the name.");
        }
    }

    /** Whether it can be opened more than once. */
    boolean isRegular() {
        return !isStandardInput() && Files.isRegularFile(path());
    }

    /** Whether that path leads to it. */
    boolean isAt(Path other) throws IOException {
        return isRegular() && Files.exists(other) && Files.isSameFile(path(), other);
    }

    /** How long it is; negative when that is not known. */
    long sizeBytes() throws IOException {
        return isRegular() ? Files.size(path()) : -1;
    }

    /** When it was last written; now when that is not known. */
    Instant modified() throws IOException {
        return isRegular() ? Files.getLastModifiedTime(path()).toInstant() : Instant.now();
    }

    /** Its bytes, in a stream that can be marked. */
    InputStream open() throws IOException {
        InputStream in = isStandardInput() ? System.in : Files.newInputStream(path());
        return new BufferedInputStream(in, BUFFER_BYTES);
    }

    /**
     * The format that its beginning, or else its name, shows.
     *
     * @param in what {@link #open} gave, before anything was read
     */
    Optional<Format> format(InputStream in) throws IOException {
        return Format.detect(argument, in);
    }

    private Path path() {
        return Path.of(argument);
    }
}
