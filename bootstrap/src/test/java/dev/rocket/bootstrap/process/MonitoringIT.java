package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.Programs;
import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard, judged by Prometheus' own tool and by a real scrape. */
class MonitoringIT {

    private static final String RULES = "monitoring/rocket.rules.yml";
    private static final Path UNIT_TESTS =
            Path.of("src/test/resources/deploy/rocket.rules.test.yml").toAbsolutePath();
    private static final Pattern NAME =
            Pattern.compile("\\b(?:rocket|http_server|process|jvm)_[a-z_]+\\b");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)[{ ]");

    /** Figures that a server shows once it has made a backup or done what was due. */
    private static final Set<String> AWAITED =
            Set.of(
                    "rocket_backup_last_verified_timestamp_seconds",
                    "rocket_maintenance_last_success_timestamp_seconds");

    @TempDir Path folder;

    private Distribution.Result promtool(String... words) throws IOException, InterruptedException {
        Programs.need("promtool", "prometheus");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        return DeployFiles.run(folder, Map.of(), command);
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        Map<String, Object> board = JsonTree.parse(DeployFiles.text(dashboard()));
        for (Map<String, Object> panel : Api.objects(board, "panels")) {
            for (Map<String, Object> target : Api.objects(panel, "targets")) {
                queries.add(JsonTree.text(target, "expr").replace("$__rate_interval", "5m"));
            }
        }
        return queries;
    }

    private static String dashboard() {
        return "monitoring/rocket-dashboard.json";
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    @Test
    void every_figure_that_is_asked_for_is_there() throws IOException, InterruptedException {
        Set<String> there = new TreeSet<>();
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            rocket.ask("POST", "/v1/tasks", "{\"title\":\"Be counted\"}");
            Matcher sample = SAMPLE.matcher(rocket.ask("GET", "/metrics", "").body());
            while (sample.find()) {
                there.add(sample.group(1));
            }
        }
        assertTrue(queries().size() > 15, "the dashboard has hardly a query");
        Set<String> asked = names(String.join("\n", queries()));
        asked.addAll(names(DeployFiles.text(RULES)));
        asked.removeAll(there);
        asked.removeAll(AWAITED);
        assertEquals(Set.of(), asked, "these are not in /metrics: " + there);
    }

    @Test
    void every_query_of_the_dashboard_is_understood() throws IOException, InterruptedException {
        StringBuilder rules = new StringBuilder("groups:\n  - name: board\n    rules:\n");
        int number = 0;
        for (String query : queries()) {
            rules.append("      - record: board:query").append(number++).append('\n');
            rules.append("        expr: |\n          ").append(query).append('\n');
        }
        Path file = DeployFiles.write(folder.resolve("board.yml"), rules.toString());
        Distribution.Result result = promtool("check", "rules", file.toString());
        assertEquals(0, result.exit(), result.out() + result.err());
        assertTrue(result.out().contains(number + " rules found"), result.out());
    }

    @Test
    void the_alerts_fire_when_they_should_and_only_then() throws IOException, InterruptedException {
        Files.copy(DeployFiles.at(RULES), folder.resolve("rocket.rules.yml"));
        Path tests = folder.resolve("rocket.rules.test.yml");
        Files.copy(UNIT_TESTS, tests);
        Distribution.Result result = promtool("test", "rules", tests.toString());
        assertEquals(0, result.exit(), result.out() + result.err());

        Matcher alert = Pattern.compile("- alert: (\\w+)").matcher(DeployFiles.text(RULES));
        String tested = Files.readString(UNIT_TESTS);
        while (alert.find()) {
            assertTrue(tested.contains("alertname: " + alert.group(1) + "\n"), alert.group(1));
        }
        String broken = Files.readString(tests).replace("severity: page", "severity: none");
        DeployFiles.write(tests, broken);
        assertFalse(promtool("test", "rules", tests.toString()).exit() == 0, "nothing was tested");
    }
}
