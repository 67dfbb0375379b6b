package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Advisories on libraries, each a file in the format of OSV (https://ossf.github.io/osv-schema).
 *
 * @param all what the files hold
 */
record Advisories(List<Map<String, Object>> all) {

    /** Reads those in a folder, or in a zip as OSV gives them out. */
    static Advisories in(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return new Advisories(read(place));
        }
        if (!Files.isRegularFile(place)) {
            throw new IOException(place + " is neither a folder of advisories nor a zip of them");
        }
        try (FileSystem zip = FileSystems.newFileSystem(place)) {
            return new Advisories(read(zip.getPath("/")));
        }
    }

    private static List<Map<String, Object>> read(Path folder) throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
                found.add(JsonTree.parse(Files.readString(file)));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(folder + " holds no advisory");
        }
        return found;
    }

    /** The names of those that speak of a library, {@code group:name}, in that version. */
    List<String> about(String library, String version) {
        return all.stream()
                .filter(one -> JsonTree.text(one, "withdrawn").isEmpty())
                .filter(
                        one ->
                                Api.objects(one, "affected").stream()
                                        .anyMatch(affected -> affects(affected, library, version)))
                .map(one -> JsonTree.text(one, "id"))
                .toList();
    }

    private static boolean affects(Map<String, Object> affected, String library, String version) {
        Map<String, Object> named = JsonTree.object(affected, "package");
        if (!JsonTree.text(named, "ecosystem").equals("Maven")
                || !JsonTree.text(named, "name").equals(library)) {
            return false;
        }
        if (affected.getOrDefault("versions", List.of()) instanceof List<?> versions
                && versions.contains(version)) {
            return true;
        }
        return Api.objects(affected, "ranges").stream()
                .anyMatch(range -> holds(Api.objects(range, "events"), version));
    }

    /** Whether a version is between where a fault came in and where it was mended. */
    private static boolean holds(List<Map<String, Object>> events, String version) {
        ComparableVersion ours = new ComparableVersion(version);
        boolean within = false;
        for (Map<String, Object> event : events) {
            if (event.containsKey("introduced")) {
                within |= compare(ours, event, "introduced") >= 0;
            } else if (event.containsKey("fixed")) {
                within &= compare(ours, event, "fixed") < 0;
            } else if (event.containsKey("last_affected")) {
                within &= compare(ours, event, "last_affected") <= 0;
            }
        }
        return within;
    }

    private static int compare(ComparableVersion ours, Map<String, Object> event, String name) {
        return ours.compareTo(new ComparableVersion(JsonTree.text(event, name)));
    }
}
