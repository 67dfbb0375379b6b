package dev.rocket.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a plan may do: read by an index, and sort little. */
final class PlanCheck {

    private PlanCheck() {}

    /** What a subquery that is cut by a limit gave, and what an index of words gives. */
    private static final Pattern BOUNDED_SCAN =
            Pattern.compile(
                    "SCAN (p|w|\\(subquery-\\d+\\)|(task_words|x EXISTS) VIRTUAL TABLE INDEX"
                            + " 0:M1(><)?)");

    /** What gives at most {@link SqliteFilter#FEW} rows, which were counted before. */
    private static final Pattern NARROW =
            Pattern.compile(
                    "SEARCH (t USING INDEX task_by_(project|assignee|parent) \\(.*"
                            + "|l USING PRIMARY KEY \\(label=\\?\\)"
                            + "|t USING INTEGER PRIMARY KEY \\(rowid=\\?\\)"
                            + "|x EXISTS USING PRIMARY KEY \\(label=\\? AND task=\\?\\))");

    /** What is wrong with a plan; empty when it reads indexes alone and sorts little. */
    static List<String> wrong(List<Recorded.Step> plan) {
        List<String> wrong = new ArrayList<>();
        for (Recorded.Step step : plan) {
            String detail = step.detail();
            if (detail.startsWith("SCAN ") && !BOUNDED_SCAN.matcher(detail).matches()) {
                wrong.add(detail);
            }
            if (detail.startsWith("USE TEMP B-TREE")) {
                plan.stream()
                        .filter(beside -> beside.parent() == step.parent())
                        .map(Recorded.Step::detail)
                        .filter(source -> source.startsWith("SEARCH "))
                        .filter(source -> !NARROW.matcher(source).matches())
                        .forEach(source -> wrong.add(detail + " of " + source));
            }
        }
        return wrong;
    }
}
