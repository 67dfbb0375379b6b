package dev.rocket.bootstrap.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Settings that a {@code .env} file is to hold, whole or not at all.
 *
 * <p>Lines of other settings stay as they are; a setting that is to be unset, or stood there
 * before, is kept as a comment. The file keeps its owner and its rights.
 */
final class EnvSettings {

    private static final Pattern SET = Pattern.compile("(ROCKET_[A-Z_]+)=(\\S*).*");
    private static final Pattern UNSET = Pattern.compile("(ROCKET_[A-Z_]+) unset");
    private static final String ADDRESS = "ROCKET_DATABASE_URL";

    private final Path file;
    private final Map<String, String> wanted = new LinkedHashMap<>();
    private final boolean lacksPassword;

    /**
     * Takes settings as they are told to people.
     *
     * @param lines {@code NAME=value}, maybe with a hint behind it, or {@code NAME unset}
     * @param address of the database with its password, if it is known
     */
    EnvSettings(Path file, List<String> lines, String address) {
        this.file = file;
        boolean hinted = false;
        for (String line : lines) {
            var set = SET.matcher(line);
            var unset = UNSET.matcher(line);
            if (set.matches()) {
                boolean isAddress = set.group(1).equals(ADDRESS) && !address.isEmpty();
                wanted.put(set.group(1), isAddress ? address : set.group(2));
                hinted |= line.contains("password") && !isAddress;
            } else if (unset.matches()) {
                wanted.put(unset.group(1), "");
            }
        }
        this.lacksPassword = hinted;
    }

    /** Whether there is such a file. */
    boolean isInUse() {
        return Files.isRegularFile(file) && !wanted.isEmpty();
    }

    /** Writes it anew; what was done, in a sentence. */
    String write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(isReplaced(line) ? "# before the move: " + hidden(line) : line);
        }
        wanted.forEach(
                (name, value) -> {
                    if (!value.isEmpty()) {
                        lines.add(name + "='" + value + "'");
                    }
                });
        try (OwnerFile fresh = new OwnerFile(file)) {
            Writer writer = fresh.begin();
            for (String line : lines) {
                writer.write(line + "\n");
            }
            writer.flush();
            PosixFileAttributes before = attributes(file).readAttributes();
            fresh.keep(true);
            attributes(file).setOwner(before.owner());
            attributes(file).setGroup(before.group());
            attributes(file).setPermissions(before.permissions());
        }
        return file
                + " holds them now"
                + (lacksPassword ? ", but for the password, which is to be added." : ".");
    }

    private boolean isReplaced(String line) {
        String name = line.strip().replaceFirst("^export\\s+", "").split("\\s*=", 2)[0];
        return wanted.containsKey(name.replaceFirst("_FILE$", ""));
    }

    /** A comment outlives what it tells of, so it holds no password. */
    private static String hidden(String line) {
        return line.replaceAll("(://[^/@:]*):[^@]*@", "$1:…@")
                .replaceAll("([?&]password=)[^&'\"\\s]*", "$1…");
    }

    private static PosixFileAttributeView attributes(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }
}
