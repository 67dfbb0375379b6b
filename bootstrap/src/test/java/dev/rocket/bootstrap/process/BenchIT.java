package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.Distribution.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark on Postgres and of moves there, in the smallest size.
 *
 * <p>Figures must be there; how large they are says nothing on a machine that runs tests.
 */
class BenchIT {

    private static final List<String> FIGURES =
            List.of(
                    "update: p99 beside a backup over without",
                    "empty GET",
                    "get one",
                    "list 50",
                    "empty POST",
                    "update",
                    "create",
                    "mixed",
                    "update, by a counter row",
                    "update, one server",
                    "update, two servers",
                    "get one over the empty GET",
                    "update over that by a counter row",
                    "update: two servers over one",
                    "change to the other server's socket, median",
                    "change to the other server's socket, p99");

    private static final List<String> OF_MOVES =
            List.of(
                    "update on SQLite",
                    "update on Postgres",
                    "update, moving to Postgres",
                    "update, moving back",
                    "rows copied to Postgres",
                    "rows a second",
                    "freezes",
                    "freeze, median",
                    "freeze, p99",
                    "moving to Postgres: p99 over that on SQLite",
                    "moving back: p99 over that on Postgres",
                    "longest wait of an update",
                    "updates that failed",
                    "moves");

    @TempDir Path folder;

    @Test
    void it_measures_on_schemas_of_its_own_and_leaves_none() throws Exception {
        measured("--postgres --tasks 20 --connections 4", FIGURES, 12);
    }

    @Test
    void it_moves_a_store_there_and_back_and_leaves_no_schema() throws Exception {
        String out = measured("--migration --tasks 20 --moves 3", OF_MOVES, 4);
        assertTrue(out.contains("\"moves\",\"value\":3.000"), out);
    }

    /** What it prints, with all figures, workloads without an error, and nothing left behind. */
    private String measured(String what, List<String> figures, int workloads) throws Exception {
        String url = precious();
        Map<String, String> settings = Map.of("ROCKET_DATABASE_URL", url);
        String size = "bench " + what + " --seconds 1 --warm-up 1 --json";
        Result result = Distribution.run(folder, settings, size.split(" "));
        assertEquals(0, result.exit(), result.err());
        for (String figure : figures) {
            assertTrue(result.out().contains("{\"name\":\"" + figure + "\","), figure);
        }
        assertEquals(workloads, result.out().split("\"errors\":0", -1).length - 1, result.out());
        assertFalse((result.out() + result.err()).contains("hush-hush"), result.err());
        assertAsBefore(url);
        return result.out();
    }

    private static String precious() throws SQLException {
        String url = PostgresServer.fresh();
        PostgresServer.run(url, "CREATE SCHEMA rocket; CREATE TABLE rocket.precious (id int)");
        return url;
    }

    private static void assertAsBefore(String url) throws SQLException {
        PostgresServer.run(
                url,
                "DO $$ BEGIN IF (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rocket%')"
                        + " <> 1 OR to_regclass('rocket.precious') IS NULL"
                        + " THEN RAISE EXCEPTION 'not as before'; END IF; END $$");
    }

    @Test
    void without_a_database_it_says_how_to_name_one() throws Exception {
        Result result = Distribution.run(folder, Map.of(), "bench", "--postgres");
        assertEquals(2, result.exit(), result.out() + result.err());
        assertTrue(result.err().contains("set ROCKET_DATABASE_URL"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }
}
