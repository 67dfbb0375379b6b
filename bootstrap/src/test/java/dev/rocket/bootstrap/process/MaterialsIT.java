package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill of materials of the distribution, compared with what is shipped. */
class MaterialsIT {

    /** Advisories on former versions of what is shipped, which always have to be seen. */
    private static final Path KNOWN = Path.of("src/test/resources/advisories");

    @TempDir Path folder;

    private static String text() throws IOException {
        Path bill = Distribution.home().resolve("bom.cdx.json");
        assertTrue(Files.exists(bill), bill + " is missing; build once without -o");
        return Files.readString(bill);
    }

    /** Each component by the name that its jar has. */
    private static Map<String, Map<String, Object>> components() throws IOException {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        for (Map<String, Object> one : Api.objects(JsonTree.parse(text()), "components")) {
            String file = JsonTree.text(one, "name") + "-" + JsonTree.text(one, "version");
            found.put(file + ".jar", one);
        }
        return found;
    }

    private static Set<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(Distribution.home().resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void every_jar_is_in_it_with_its_version_licence_and_checksum_and_nothing_else_is()
            throws IOException {
        Set<String> shipped = jars();
        assertTrue(shipped.remove("rocket.jar"), "the program itself is what the bill is of");
        assertTrue(shipped.size() > 20, shipped.toString());
        assertEquals(shipped, components().keySet());
        for (Map.Entry<String, Map<String, Object>> one : components().entrySet()) {
            String jar = one.getKey();
            assertTrue(JsonTree.text(one.getValue(), "purl").startsWith("pkg:maven/"), jar);
            assertFalse(Api.objects(one.getValue(), "licenses").isEmpty(), jar + ": no licence");
            assertFalse(Api.objects(one.getValue(), "hashes").isEmpty(), jar + ": no checksum");
        }
    }

    /** What differs from machine to machine or from build to build would stand in one of these. */
    @Test
    void it_tells_nothing_of_the_machine_or_the_moment_that_it_was_made_on() throws IOException {
        String text = text();
        assertTrue(text.contains("\"specVersion\" : \"1.6\""), text.substring(0, 200));
        for (String telling :
                List.of(
                        System.getProperty("user.home") + "/",
                        Distribution.home().toString(),
                        "serialNumber",
                        "\"timestamp\"")) {
            assertFalse(text.contains(telling), telling);
        }
    }

    @Test
    void about_names_every_jar() throws IOException, InterruptedException {
        Distribution.Result about = Distribution.run(folder, Map.of(), "about");
        assertEquals(0, about.exit(), about.err());
        for (Map.Entry<String, Map<String, Object>> one : components().entrySet()) {
            String name = JsonTree.text(one.getValue(), "name");
            String version = JsonTree.text(one.getValue(), "version");
            String line = "(?s).*\n" + name + " +\\Q" + version + "\\E +\\S.*";
            assertTrue(about.out().matches(line), name + " in " + about.out());
        }
    }

    /** What is wrong with what is shipped, as these advisories have it. */
    private static List<String> known(Advisories advisories) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> one : components().values()) {
            String library = JsonTree.text(one, "group") + ":" + JsonTree.text(one, "name");
            String version = JsonTree.text(one, "version");
            for (String id : advisories.about(library, version)) {
                wrong.add(library + " " + version + ": " + id);
            }
        }
        return wrong;
    }

    @Test
    void no_shipped_version_has_a_known_fault() throws IOException {
        assertEquals(List.of(), known(Advisories.in(KNOWN)));
        String more = System.getenv().getOrDefault("ROCKET_ADVISORIES", "");
        if (!more.isEmpty()) {
            assertEquals(List.of(), known(Advisories.in(Path.of(more))));
        }
    }

    @Test
    void a_shipped_version_with_a_fault_is_found_and_told() throws IOException {
        Map<String, Object> one = components().values().iterator().next();
        String library = JsonTree.text(one, "group") + ":" + JsonTree.text(one, "name");
        String version = JsonTree.text(one, "version");
        String text =
                """
                {"id": "PLANTED-1", "affected": [{
                  "package": {"ecosystem": "Maven", "name": "LIBRARY"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [
                    {"introduced": "0"}, {"last_affected": "VERSION"}]}]}]}
                """;
        String planted = text.replace("LIBRARY", library).replace("VERSION", version);
        Files.writeString(folder.resolve("planted.json"), planted);
        List<String> found = known(Advisories.in(folder));
        assertEquals(List.of(library + " " + version + ": PLANTED-1"), found);
    }

    @Test
    void a_fault_is_known_from_the_version_that_brought_it_until_the_one_that_mended_it()
            throws IOException {
        Advisories advisories = Advisories.in(KNOWN);
        String postgres = "org.postgresql:postgresql";
        assertEquals(List.of("CVE-2025-49146"), advisories.about(postgres, "42.7.4"));
        assertEquals(List.of("CVE-2025-49146"), advisories.about(postgres, "42.7.6"));
        assertEquals(List.of(), advisories.about(postgres, "42.7.7"));
        assertEquals(List.of(), advisories.about(postgres, "42.7.10"));
        assertEquals(List.of("CVE-2024-1597"), advisories.about(postgres, "42.6.0"));
        assertEquals(List.of(), advisories.about("org.example:postgresql", "42.7.4"));
        assertThrows(IOException.class, () -> Advisories.in(folder));
        assertThrows(IOException.class, () -> Advisories.in(folder.resolve("missing.zip")));
    }
}
