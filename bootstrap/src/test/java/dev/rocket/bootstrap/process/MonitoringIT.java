package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.Programs;
import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard, judged by a real Prometheus and by its own tool. */
class MonitoringIT {

    private static final String RULES = "monitoring/rocket.rules.yml";
    private static final Path UNIT_TESTS =
            Path.of("src/test/resources/deploy/rocket.rules.test.yml").toAbsolutePath();
    private static final Pattern NAME =
            Pattern.compile("\\b(?:rocket|http_server|process|jvm)_[a-z_]+\\b");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?==~?\"|!=|!~)");
    private static final Pattern BY = Pattern.compile("\\b(?:by|without|on) *\\(([a-z_, ]*)\\)");
    private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_]\\w*\\b(?! *\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    /** Alerts that may wait to fire where the machine is busy with other things. */
    private static final Set<String> SPEED =
            Set.of(
                    "RocketLatencyBudgetBurnsFast",
                    "RocketLatencyBudgetBurnsSlowly",
                    "RocketQueueIsLong");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 200_000_000;

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

    private static void use(RunningRocket rocket) throws IOException, InterruptedException {
        String made = rocket.ask("POST", "/v1/tasks", "{\"title\":\"Be counted\"}").body();
        String task = "/v1/tasks/" + RunningRocket.member(made, "id");
        assertEquals(200, rocket.ask("PATCH", task, "{\"status\":\"done\"}").statusCode());
        assertEquals(200, rocket.ask("GET", "/v1/tasks", "").statusCode());
    }

    /** Uses the server until every query gives a number; none is let off, on a new server. */
    private static void assertAnswered(RunningRocket rocket, Prometheus prometheus)
            throws IOException, InterruptedException {
        List<String> silent = new ArrayList<>(queries());
        assertTrue(silent.size() > 15, "the dashboard has hardly a query");
        Instant end = Instant.now().plus(PATIENCE);
        while (!silent.isEmpty()) {
            assertTrue(Instant.now().isBefore(end), () -> "these give nothing: " + silent);
            use(rocket);
            LockSupport.parkNanos(LOOK_NANOS);
            for (String query : List.copyOf(silent)) {
                if (prometheus.knows(query)) {
                    silent.remove(query);
                }
            }
        }
    }

    private static void assertThere(Prometheus prometheus)
            throws IOException, InterruptedException {
        Set<String> asked = figures(queries());
        asked.addAll(names(DeployFiles.text(RULES)));
        asked.removeAll(prometheus.figures());
        assertEquals(Set.of(), asked, "these are not in /metrics");
        Set<String> labels = labels(queries());
        assertTrue(labels.size() > 3, "the dashboard asks for hardly a label");
        labels.removeAll(prometheus.labels());
        assertEquals(Set.of(), labels, "these label nothing in /metrics");
    }

    /** Whether a rule works and its alert does not even wait to fire. */
    private static boolean isQuiet(Map<String, Object> rule) {
        String state = JsonTree.text(rule, "state");
        boolean slow = state.equals("pending") && SPEED.contains(JsonTree.text(rule, "name"));
        String quiet = "alerting".equals(rule.get("type")) ? "inactive" : "";
        return "ok".equals(rule.get("health")) && (state.equals(quiet) || slow);
    }

    /**
     * What is wrong on a new server waits now and would page hours later; a scrape that a busy
     * machine was too slow for is forgotten with the next.
     */
    private static void assertQuiet(Prometheus prometheus)
            throws IOException, InterruptedException {
        List<Map<String, Object>> rules = prometheus.rules();
        List<String> shipped =
                Pattern.compile("- (?:alert|record): (\\S+)")
                        .matcher(DeployFiles.text(RULES))
                        .results()
                        .map(rule -> rule.group(1))
                        .toList();
        assertTrue(shipped.size() > 15, "hardly a rule is shipped: " + shipped);
        assertEquals(shipped, rules.stream().map(rule -> JsonTree.text(rule, "name")).toList());
        Instant end = Instant.now().plus(PATIENCE);
        while (!rules.stream().allMatch(MonitoringIT::isQuiet)) {
            String loud = rules.stream().filter(rule -> !isQuiet(rule)).toList().toString();
            assertTrue(Instant.now().isBefore(end), loud);
            LockSupport.parkNanos(LOOK_NANOS);
            rules = prometheus.rules();
        }
    }

    @Test
    void a_real_prometheus_answers_every_query_and_is_quiet_about_a_new_server()
            throws IOException, InterruptedException {
        try (RunningRocket rocket = RunningRocket.start(folder)) {
            use(rocket);
            // It would be measured in the night.
            String job = "/v1/maintenance/scale/runs";
            assertEquals(202, rocket.ask("POST", job, "").statusCode());
            try (Prometheus prometheus =
                    Prometheus.start(folder, DeployFiles.at(RULES), rocket.url())) {
                assertAnswered(rocket, prometheus);
                assertThere(prometheus);
                assertQuiet(prometheus);
            }
        }
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
