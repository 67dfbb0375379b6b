package dev.rocket.bootstrap.command;

import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.VerifyArchive;
import dev.rocket.core.operation.VerifyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a check of one store found, in words and as JSON.
 *
 * @param report of the store and its feed
 * @param archive of the feed's archive beside the store; empty when none was compared
 * @param from what names the store in a command, with a blank behind it; empty for the settings'
 */
record CheckedStore(
        VerifyStore.Report report, Optional<VerifyArchive.Report> archive, String from) {

    /** Whether all that was compared agrees. */
    boolean agrees() {
        return report.agrees() && archive.map(VerifyArchive.Report::agrees).orElse(true);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(report.problems());
        archive.ifPresent(
                some -> some.problems().forEach(problem -> problems.add("archive: " + problem)));
        return problems;
    }

    private long problemCount() {
        return report.problemCount() + archive.map(VerifyArchive.Report::problemCount).orElse(0L);
    }

    /** Several lines for people; the first says whether all is well, the last what to do. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(agrees() ? "The store agrees with its feed\n" : "DAMAGED:\n");
        problems().forEach(problem -> text.append("  ").append(problem).append('\n'));
        long unlisted = problemCount() - problems().size();
        if (unlisted > 0) {
            text.append("  and ").append(unlisted).append(" more\n");
        }
        if (!agrees()) {
            text.append("remedy    ").append(remedy()).append('\n');
        }
        text.append("changes   ").append(report.changes());
        text.append("\nentities  ").append(report.digest().count());
        text.append("\nseq       ").append(report.seq().value());
        text.append("\narchive   ").append(archive.map(CheckedStore::words).orElse("none"));
        text.append("\ndigest    ").append(report.digest().print());
        return text.toString();
    }

    private static String words(VerifyArchive.Report archive) {
        String places = archive.first().value() + " to " + archive.last().value();
        return (archive.agrees() ? "agrees from " : "differs, from ") + places;
    }

    private String remedy() {
        if (report.agrees()) {
            return "rocket audit verify, then rocket restore --at to where the archive is whole";
        }
        return report.copyable()
                ? "rocket migrate "
                        + from
                        + "--copy --to sound.db, and serve that;"
                        + " it is made anew from the feed, which is whole"
                : "rocket restore latest --to sound.db, then rocket verify --against sound.db";
    }

    /** One JSON object. */
    String json() {
        StringBuilder out = new StringBuilder();
        JsonOut json =
                new JsonOut(out)
                        .begin()
                        .truth("agrees", agrees())
                        .number("changes", report.changes())
                        .number("entities", report.digest().count())
                        .number("seq", report.seq().value())
                        .plain("digest", report.digest().print());
        archive.ifPresent(some -> json.number("archived", some.last().value()));
        json.number("problem_count", problemCount()).name("problems");
        String before = "[";
        for (String problem : problems()) {
            out.append(before);
            json.quote(problem);
            before = ",";
        }
        return out.append(problems().isEmpty() ? "[]}" : "]}").toString();
    }
}
