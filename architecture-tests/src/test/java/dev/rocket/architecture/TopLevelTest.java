package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topmost folder, the modules, and the doors of each. */
class TopLevelTest {

    private static final TopLevel PLAN =
            new TopLevel(
                    Set.of(
                            "pom.xml",
                            "core",
                            "adapters-sqlite",
                            "adapters-postgres",
                            "adapters-http",
                            "bootstrap",
                            "architecture-tests",
                            "README.md"),
                    Set.of("LICENSE", "SECURITY.md", "CHANGELOG.md", "rocket", "target"));

    /**
     * What each Java module shows.
     *
     * <p>{@code adapters-http} and {@code bootstrap} run from the class path and have no
     * descriptor: libraries of theirs are automatic modules, which no image can be linked with.
     */
    private static final Doors DOORS =
            new Doors(
                    Map.of(
                            "dev.rocket.core",
                            Set.of(
                                    "dev.rocket.core.model",
                                    "dev.rocket.core.port",
                                    "dev.rocket.core.usecase",
                                    "dev.rocket.core.operation"),
                            "dev.rocket.sqlite",
                            Set.of("dev.rocket.sqlite"),
                            "dev.rocket.postgres",
                            Set.of("dev.rocket.postgres")));

    private static List<Source> descriptors() {
        return House.sources().stream()
                .filter(one -> one.name().endsWith("/module-info.java"))
                .toList();
    }

    private static List<String> found(String descriptor) {
        Doors doors = new Doors(Map.of("a.b", Set.of("a.b.c")));
        return doors.violations(List.of(Source.of("module-info.java", descriptor)));
    }

    @Test
    void the_top_level_is_as_planned() {
        assertEquals(List.of(), PLAN.violations(House.ROOT));
    }

    @Test
    void what_is_missing_or_too_much_is_found(@TempDir Path folder) throws IOException {
        TopLevel plan = new TopLevel(Set.of("core", "pom.xml"), Set.of("LICENSE"));
        Files.createDirectory(folder.resolve("core"));
        Files.createDirectory(folder.resolve("misc"));
        Files.createFile(folder.resolve(".hidden"));
        assertEquals(
                List.of("pom.xml is missing", "misc is not on the plan"), plan.violations(folder));
        Files.createFile(folder.resolve("pom.xml"));
        Files.createFile(folder.resolve("LICENSE"));
        Files.delete(folder.resolve("misc"));
        assertEquals(List.of(), plan.violations(folder));
    }

    @Test
    void the_build_knows_the_modules_of_the_plan() {
        Source pom =
                House.TEXTS.stream()
                        .filter(one -> one.name().equals("pom.xml"))
                        .findFirst()
                        .orElseThrow();
        List<String> built =
                pom.lines().stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("<module>"))
                        .map(line -> line.replaceAll("</?module>", ""))
                        .toList();
        assertEquals(new TreeSet<>(House.MODULES), new TreeSet<>(built));
        assertTrue(PLAN.must().containsAll(built));
    }

    @Test
    void the_doors_are_as_planned() {
        assertEquals(List.of(), DOORS.violations(descriptors()));
    }

    @Test
    void every_door_leads_to_a_room_of_the_plan() {
        Set<String> rooms = PlanTest.PLAN.names();
        DOORS.plan().values().stream()
                .flatMap(Set::stream)
                .forEach(
                        door -> assertTrue(rooms.contains(door.substring("dev.rocket.".length()))));
    }

    @Test
    void a_module_as_planned_passes() {
        assertEquals(List.of(), found("module a.b { requires java.sql; exports a.b.c; }"));
    }

    @Test
    void a_door_too_much_is_found() {
        assertEquals(
                List.of("a.b shows [a.b.c, a.b.d], planned is [a.b.c]"),
                found("module a.b { exports a.b.c; exports a.b.d; }"));
    }

    @Test
    void a_door_that_is_shut_half_shut_or_opened_wide_is_found() {
        assertEquals(List.of("a.b shows [], planned is [a.b.c]"), found("module a.b {}"));
        assertEquals(
                List.of("a.b shows [a.b.c to x.y], planned is [a.b.c]"),
                found("module a.b { exports a.b.c to x.y; }"));
        assertEquals(
                List.of("a.b shows [a.b.c, open a.b.c], planned is [a.b.c]"),
                found("module a.b { exports a.b.c; opens a.b.c; }"));
    }

    @Test
    void a_module_that_is_not_planned_or_not_there_is_found() {
        assertEquals(
                List.of(
                        "a.b shows null, planned is [a.b.c]",
                        "a.z shows [], planned is no such module"),
                found("module a.z {}"));
    }
}
