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
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(\\{.*?})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?==~?\"|!=|!~)");
    private static final Pattern BY = Pattern.compile("\\b(?:by|without|on) *\\(([a-z_, ]*)\\)");
    private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_]\\w*\\b(?! *\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

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

    /** The figures in queries, whatever they are called. */
    private static Set<String> figures(List<String> queries) {
        Set<String> figures = new TreeSet<>();
        for (String query : queries) {
            String bare = query.replaceAll("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]", "");
            Matcher word = WORD.matcher(BY.matcher(bare).replaceAll(""));
            while (word.find()) {
                figures.add(word.group());
            }
        }
        figures.removeAll(OPERATORS);
        return figures;
    }

    /** The labels that queries choose or add up by. */
    private static Set<String> labels(List<String> queries) {
        Set<String> labels = new TreeSet<>();
        for (String query : queries) {
            LABEL.matcher(query).results().forEach(label -> labels.add(label.group(1)));
            BY.matcher(query).results().forEach(by -> labels.addAll(split(by.group(1))));
        }
        return labels;
    }

    private static List<String> split(String names) {
        return List.of(names.strip().split(" *, *", -1));
    }

    @Test
    void every_figure_and_label_that_is_asked_for_is_there()
            throws IOException, InterruptedException {
        Set<String> there = new TreeSet<>();
        // Prometheus gives its own job that name, and calls ours otherwise.
        Set<String> labels = new TreeSet<>(Set.of("exported_job"));
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            rocket.ask("POST", "/v1/tasks", "{\"title\":\"Be counted\"}");
            Matcher sample = SAMPLE.matcher(rocket.ask("GET", "/metrics", "").body());
            while (sample.find()) {
                there.add(sample.group(1));
                labels.addAll(labels(List.of(String.valueOf(sample.group(2)))));
            }
        }
        assertTrue(queries().size() > 15, "the dashboard has hardly a query");
        Set<String> asked = figures(queries());
        asked.addAll(names(DeployFiles.text(RULES)));
        asked.removeAll(there);
        asked.removeAll(AWAITED);
        assertEquals(Set.of(), asked, "these are not in /metrics: " + there);
        Set<String> by = labels(queries());
        assertTrue(by.size() > 3, "the dashboard asks for hardly a label");
        by.removeAll(labels);
        assertEquals(Set.of(), by, "these label nothing in /metrics: " + labels);
    }

    @Test
    void a_name_in_a_query_is_seen_whatever_it_is() {
        String query =
                "sum by (le, wrong) (rate(rockt_total{status=~\"5..|a_b\"}[5m] offset 1h))"
                        + " or vector(0) / topk(5, http_x{lab!=\"c_d\"} * 1000)";
        assertEquals(Set.of("rockt_total", "http_x"), figures(List.of(query)));
        assertEquals(Set.of("le", "wrong", "status", "lab"), labels(List.of(query)));
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
