package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The store adapters are mirrors of each other. */
class MirrorsTest {

    private static final Mirrors PLANTED =
            new Mirrors(new Mirrors.Side("left/", "Ink"), new Mirrors.Side("right/", "Chalk"));

    private static Source file(String name) {
        return Source.of(name, "");
    }

    @Test
    void the_store_adapters_are_mirrors() {
        Mirrors stores =
                new Mirrors(
                        new Mirrors.Side("adapters-sqlite/src/main/", "Sqlite"),
                        new Mirrors.Side("adapters-postgres/src/main/", "Postgres"));
        assertEquals(List.of(), stores.violations(House.sources()));
    }

    @Test
    void their_tests_of_the_contracts_are_mirrors_too() {
        Mirrors tests =
                new Mirrors(
                        new Mirrors.Side("adapters-sqlite/src/test/", "Sqlite"),
                        new Mirrors.Side("adapters-postgres/src/test/", "Postgres"));
        assertEquals(List.of(), tests.violations(House.sources()));
    }

    @Test
    void a_file_without_a_twin_is_found_on_either_side() {
        assertEquals(
                List.of("InkWell.java has no twin", "ChalkDust.java has no twin"),
                PLANTED.violations(
                        List.of(
                                file("left/InkStore.java"),
                                file("left/InkWell.java"),
                                file("left/Paper.java"),
                                file("right/ChalkStore.java"),
                                file("right/ChalkDust.java"))));
    }

    @Test
    void a_side_without_files_fails() {
        List<Source> files = List.of(file("left/InkStore.java"), file("right/Board.java"));
        assertThrows(IllegalArgumentException.class, () -> PLANTED.violations(files));
    }
}
