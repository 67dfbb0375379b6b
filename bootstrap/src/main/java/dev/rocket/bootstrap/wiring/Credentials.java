package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files in which systemd hands settings to a service.
 *
 * <p>Each is named like its setting, in capitals or small letters, with {@code _}, {@code -} or
 * {@code .} between the words. Source: systemd.exec(5), {@code LoadCredential=} and {@code
 * $CREDENTIALS_DIRECTORY}.
 */
final class Credentials {

    private final Map<String, Path> files = new TreeMap<>();

    /** Lists a folder; none when there is no such folder. Problems are added as lines. */
    Credentials(String folder, List<String> problems) {
        try {
            for (Path file : list(folder)) {
                take(file, problems);
            }
        } catch (IOException | InvalidPathException e) {
            problems.add("systemd credentials: " + folder + " cannot be listed; check its rights.");
        }
    }

    private static List<Path> list(String folder) throws IOException {
        if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.sorted().toList();
        }
    }

    private void take(Path file, List<String> problems) {
        String written = String.valueOf(file.getFileName());
        String name = written.replaceAll("[-.]", "_").toUpperCase(Locale.ROOT);
        if (Setting.find(name).isPresent()) {
            Path before = files.putIfAbsent(name, file);
            if (before != null) {
                problems.add(
                        "systemd credentials: "
                                + before.getFileName()
                                + " and "
                                + written
                                + " are the same setting; keep one of them.");
            }
        } else if (Names.isMistaken(name, "")) {
            problems.add(
                    "systemd credential: "
                            + written
                            + " is not a setting. Did you mean "
                            + Nearest.to(name)
                            + "? See: rocket config");
        }
    }

    /** The file that holds a setting's value. */
    Optional<Path> find(Setting setting) {
        return Optional.ofNullable(files.get(setting.key()));
    }
}
