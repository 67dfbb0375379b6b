package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.command.Rehearsal;
import dev.rocket.bootstrap.readme.Readme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a real scrape, and what README says of them. */
class MetricsTableTest {

    private static final String TOKEN = "a-token-for-tests-that-nobody-else-uses";
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @TempDir private Path folder = Path.of("");

    /** What a server says of itself that was asked for one thing, so that no figure is missing. */
    private String scrape() throws IOException, InterruptedException {
        Map<String, String> environment =
                Map.of(
                        "PORT",
                        "0",
                        "ROCKET_ADMIN_TOKEN",
                        TOKEN,
                        "ROCKET_DB_PATH",
                        folder.resolve("rocket.db").toString());
        Config config = Config.of(new ConfigReader(environment, folder).find(Map.of()));
        Server server = Wiring.server(config, Rehearsal.stage());
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + server.port());
            HttpRequest create =
                    HttpRequest.newBuilder(base.resolve("/v1/tasks"))
                            .header("Authorization", "Bearer " + TOKEN)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"x\"}"))
                            .build();
            assertEquals(
                    201, client.send(create, HttpResponse.BodyHandlers.ofString()).statusCode());
            HttpRequest metrics = HttpRequest.newBuilder(base.resolve("/metrics")).build();
            return client.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
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

    @Test
    void readme_names_every_figure_of_a_scrape_and_no_other()
            throws IOException, InterruptedException {
        String scrape = scrape();
        // Those of maintenance come with the first run of a job, which may be over by now or not.
        assertEquals(withoutRuns(table(scrape)), withoutRuns(Readme.marked("metrics")));
        assertTrue(scrape.contains("rocket_secret_age_seconds{secret=\"token\"}"), scrape);
    }

    @Test
    void every_figure_says_its_unit_or_counts() throws IOException, InterruptedException {
        for (String line : scrape().lines().filter(one -> one.startsWith("# TYPE")).toList()) {
            String name = line.split(" ", -1)[2];
            assertTrue(
                    name.matches(
                            ".*_(seconds|bytes|total|info|commands|connections|waiters|fds|seqs?"
                                    + "|backups|ready|ratio|verdict|phase|rows)"),
                    name);
        }
    }
}
