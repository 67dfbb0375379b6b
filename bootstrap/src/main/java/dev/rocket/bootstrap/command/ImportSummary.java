package dev.rocket.bootstrap.command;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.ExportStore;
import dev.rocket.core.operation.Finding;
import dev.rocket.core.operation.ImportStore.Report;
import dev.rocket.core.operation.ImportStore.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an import came to, for people and for programs.
 *
 * @param dryRun whether it only tells what would happen
 * @param told where the findings stand, for people
 */
record ImportSummary(boolean dryRun, String told) {

    private static final List<Result> TOLD =
            List.of(Result.CREATED, Result.UPDATED, Result.UNCHANGED, Result.KEPT, Result.LOST);

    /** What one group of files came to, in lines for people. */
    String text(ImportRun.Outcome outcome, LossReport losses) {
        StringBuilder text = new StringBuilder(outcome.group().name());
        text.append(dryRun ? ", as it would be imported from " : ", imported from ")
                .append(outcome.group().format().wire())
                .append(':');
        for (Result result : TOLD) {
            boolean always = result == Result.CREATED || result == Result.UNCHANGED;
            if (always || outcome.report().count(result) > 0) {
                text.append('\n').append(row(name(result), kinds(outcome.report(), result)));
            }
        }
        for (Finding.Fate fate : Finding.Fate.values()) {
            if (losses.count(fate) > 0) {
                String count = count(losses.count(fate), "finding");
                text.append('\n').append(row(name(fate), count + ", " + told));
            }
        }
        return text.toString();
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-16s %s", name, value);
    }

    private static String name(Result result) {
        return switch (result) {
            case CREATED -> "new";
            case UPDATED -> "replaced";
            case UNCHANGED -> "already there";
            case KEPT -> "left as it was";
            case LOST -> "not brought in";
            case WAITS -> "undecided";
        };
    }

    private static String name(Finding.Fate fate) {
        return switch (fate) {
            case LOST -> "lost";
            case MOVED -> "moved";
            case KEPT -> "kept";
        };
    }

    private static String kinds(Report report, Result result) {
        List<String> parts = new ArrayList<>();
        for (Image.Kind kind : ExportStore.KINDS) {
            long count = report.count(result, kind);
            if (count > 0) {
                parts.add(count(count, kind.wire()));
            }
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static String count(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /** What one group of files came to, as a JSON object. */
    String json(ImportRun.Outcome outcome, LossReport losses) {
        StringBuilder text = new StringBuilder();
        JsonOut json = new JsonOut(text);
        json.begin()
                .plain("type", "import")
                .text("name", outcome.group().name())
                .number("files", outcome.group().files().size())
                .plain("format", outcome.group().format().wire())
                .truth("dry_run", dryRun);
        for (Result result : TOLD) {
            json.name(result.name().toLowerCase(Locale.ROOT)).begin();
            for (Image.Kind kind : ExportStore.KINDS) {
                json.number(kind.wire(), outcome.report().count(result, kind));
            }
            json.end();
        }
        json.name("findings").begin();
        for (Finding.Fate fate : Finding.Fate.values()) {
            json.number(fate.name().toLowerCase(Locale.ROOT), losses.count(fate));
        }
        json.end().end();
        return text.toString();
    }

    /** What all files came to, as a JSON object. */
    String json(boolean hasLoss) {
        StringBuilder text = new StringBuilder();
        new JsonOut(text)
                .begin()
                .plain("type", "summary")
                .truth("dry_run", dryRun)
                .truth("loss", hasLoss)
                .end();
        return text.toString();
    }
}
