package dev.rocket.bootstrap.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rocket.core.operation.Age;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jobs as a table for people, from the JSON that a server and a store tell alike. */
final class JobTable {

    private static final List<String> HEAD =
            List.of("JOB", "WHEN", "NEXT", "LAST", "RESULT", "TOOK", "BY", "");
    private static final Duration WORTH_A_WORD = Duration.ofHours(1);
    private static final JsonFactory JSON = new JsonFactory();

    private JobTable() {}

    /** The table of a list of jobs. */
    static String text(String json) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Map<String, String> job : jobs(json)) {
            rows.add(row(job));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The names of the jobs in a list. */
    static List<String> names(String json) throws IOException {
        return jobs(json).stream().map(job -> job.getOrDefault("name", "")).toList();
    }

    /** One job of a list, by the names of its members; empty when it is not in it. */
    static Map<String, String> job(String json, String name) throws IOException {
        return jobs(json).stream()
                .filter(job -> name.equals(job.get("name")))
                .findFirst()
                .orElse(Map.of());
    }

    private static List<String> row(Map<String, String> job) {
        String next =
                switch (job.getOrDefault("state", "")) {
                    case "running" -> "running on " + job.getOrDefault("holder", "?");
                    case "asked" -> "asked for";
                    default -> instant(job.getOrDefault("next", "-")) + overdue(job);
                };
        String failures = job.getOrDefault("failures", "0");
        String times = failures.equals("0") || failures.equals("1") ? "" : " x" + failures;
        return List.of(
                job.getOrDefault("name", ""),
                job.getOrDefault("timetable", ""),
                next,
                instant(job.getOrDefault("last.ended", "-")),
                job.getOrDefault("last.result", "-") + times,
                took(job),
                job.getOrDefault("last.by", "-"),
                job.getOrDefault("last.detail", job.getOrDefault("about", "")));
    }

    /** How long it should have been done already, once that is worth a word. */
    private static String overdue(Map<String, String> job) {
        Duration overdue = Duration.ofSeconds(Long.parseLong(job.getOrDefault("overdue", "0")));
        return overdue.compareTo(WORTH_A_WORD) < 0 ? "" : " (overdue " + Age.print(overdue) + ")";
    }

    private static String instant(String text) {
        return text.equals("-")
                ? text
                : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String took(Map<String, String> job) {
        if (!job.containsKey("last.ended")) {
            return "-";
        }
        Instant started = Instant.parse(job.getOrDefault("last.started", ""));
        Instant ended = Instant.parse(job.getOrDefault("last.ended", ""));
        Duration took = Duration.between(started, ended);
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    /** The jobs, each with its members by name, those of an inner object behind a dot. */
    private static List<Map<String, String>> jobs(String json) throws IOException {
        List<Map<String, String>> jobs = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        Map<String, String> job = new HashMap<>();
                        members(parser, "", job);
                        jobs.add(job);
                    }
                }
            }
        }
        return jobs;
    }

    private static void members(JsonParser parser, String prefix, Map<String, String> into)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                members(parser, name + ".", into);
            } else {
                into.put(name, parser.getText());
            }
        }
    }
}
