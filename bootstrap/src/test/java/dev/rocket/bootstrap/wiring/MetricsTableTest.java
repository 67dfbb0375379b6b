package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.process.PostgresServer;
import dev.rocket.bootstrap.readme.Readme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a real scrape, and what README says of them. */
class MetricsTableTest {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @TempDir private Path folder = Path.of("");

    /** What a server says of itself that was asked for one thing, so that no figure is missing. */
    private String scrape(Map<String, String> store) throws IOException, InterruptedException {
        try (Served server = Served.start(folder, store)) {
            assertEquals(201, server.ask("POST", "/v1/tasks", "{\"title\":\"x\"}").statusCode());
            return server.scrape();
        }
    }

    private Map<String, String> postgres() {
        return Map.of(
                "ROCKET_DATABASE_URL",
                PostgresServer.fresh(),
                "ROCKET_ARCHIVE",
                folder.resolve("feed").toString(),
                "ROCKET_BACKUP_DIR",
                folder.resolve("backups").toString());
    }

    private static String table(String scrape) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> helps = new TreeMap<>();
        scrape.lines()
                .forEach(
                        line -> {
                            Matcher type = TYPE.matcher(line);
                            Matcher help = HELP.matcher(line);
                            if (type.matches()) {
                                types.put(type.group(1), type.group(2));
                            } else if (help.matches()) {
                                helps.put(help.group(1), help.group(2));
                            }
                        });
        assertEquals(types.keySet(), helps.keySet(), "each figure has a type and a help");
        StringBuilder table = new StringBuilder("| figure | kind | labels | meaning |\n");
        table.append("|---|---|---|---|\n");
        types.forEach(
                (name, type) -> {
                    table.append("| `").append(name).append("` | ").append(type).append(" | ");
                    table.append(String.join(", ", labels(scrape, name))).append(" | ");
                    table.append(helps.get(name)).append(" |\n");
                });
        return table.toString();
    }

    private static String withoutRuns(String table) {
        return table.strip().replaceAll("\\| `rocket_maintenance_.*\\R", "");
    }

    private static Set<String> labels(String scrape, String name) {
        Set<String> labels = new TreeSet<>();
        scrape.lines()
                .filter(line -> line.matches(name + "(_bucket|_count|_sum)?\\{.*"))
                .forEach(
                        line -> {
                            Matcher label = LABEL.matcher(line);
                            while (label.find()) {
                                labels.add(label.group(1));
                            }
                        });
        labels.remove("le");
        return labels;
    }

    private static void assertInReadme(String scrape) throws IOException {
        // Those of maintenance come with the first run of a job, which may be over by now or not.
        assertEquals(withoutRuns(Readme.marked("metrics")), withoutRuns(table(scrape)));
        assertTrue(scrape.contains("rocket_secret_age_seconds{secret=\"token\"}"), scrape);
    }

    @Test
    void readme_names_every_figure_of_a_scrape_and_no_other()
            throws IOException, InterruptedException {
        assertInReadme(scrape(Map.of()));
    }

    @Test
    void a_server_on_postgres_shows_the_same() throws IOException, InterruptedException {
        String scrape = scrape(postgres());
        assertTrue(scrape.contains("\nrocket_store_info{engine=\"postgres\","), scrape);
        assertInReadme(scrape);
    }

    @Test
    void every_figure_says_its_unit_or_counts() throws IOException, InterruptedException {
        String both = scrape(Map.of()) + scrape(postgres());
        for (String line : both.lines().filter(one -> one.startsWith("# TYPE")).toList()) {
            String name = line.split(" ", -1)[2];
            assertTrue(
                    name.matches(
                            ".*_(seconds|bytes|total|info|commands|connections|waiters|fds|seqs?"
                                    + "|backups|ready|ratio|verdict|phase|rows)"),
                    name);
        }
    }

    private static long series(Served server) throws IOException, InterruptedException {
        return server.scrape().lines().filter(line -> !line.startsWith("#")).count();
    }

    /** Each of them a path and a method that nobody else asked for, and some of a known route. */
    private static void askFor(Served server, int from, int to)
            throws IOException, InterruptedException {
        for (int i = from; i < to; i++) {
            assertEquals(404, server.ask("GET", "/v1/nothing-" + i, "").statusCode());
            assertEquals(404, server.ask("BREW" + i, "/pot/" + i, "").statusCode());
            assertEquals(405, server.ask("BREW" + i, "/v1/tasks", "").statusCode());
            assertEquals(404, server.ask("GET", "/v1/tasks/" + new UUID(7, i), "").statusCode());
            assertEquals(400, server.ask("GET", "/v1/tasks?odd" + i + "=x", "").statusCode());
        }
    }

    @Test
    void what_clients_make_up_adds_no_series() throws IOException, InterruptedException {
        Map<String, String> still = Map.of("ROCKET_MAINTENANCE", "off");
        try (Served server = Served.start(folder, still)) {
            series(server);
            askFor(server, 0, 1);
            long few = series(server);
            askFor(server, 1, 200);
            String scrape = server.scrape();
            assertEquals(few, series(server), scrape);
            assertTrue(!scrape.contains("BREW") && !scrape.contains("nothing-"), scrape);
        }
    }
}
