package dev.rocket.bootstrap.command;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.Age;
import dev.rocket.core.operation.DrillRestore.Loss;
import dev.rocket.core.operation.DrillRestore.Report;
import dev.rocket.core.operation.DrillRestore.Tried;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a drill found, as text, as JSON and as a page.
 *
 * @param report what it found
 */
record DrillReport(Report report) {

    /** Drills whose reports are kept. */
    private static final int KEPT = 20;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'drill-'uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Writes all three into a folder, and lets the oldest go; where the page is. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder, OwnerFile.folder(folder));
        String name = NAME.format(report.began());
        write(folder.resolve(name + ".txt"), text() + "\n");
        write(folder.resolve(name + ".json"), json() + "\n");
        Path page = folder.resolve(name + ".html");
        write(page, page());
        forget(folder);
        return page;
    }

    private static void write(Path file, String text) throws IOException {
        try (OwnerFile whole = new OwnerFile(file)) {
            BufferedWriter writer = whole.begin();
            writer.write(text);
            writer.flush();
            whole.keep(true);
        }
    }

    private static void forget(Path folder) throws IOException {
        List<Path> reports;
        try (Stream<Path> files = Files.list(folder)) {
            reports =
                    files.filter(f -> f.getFileName().toString().matches("drill-.*Z\\.\\w+"))
                            .sorted()
                            .toList();
        }
        for (Path old : reports.subList(0, Math.max(0, reports.size() - 3 * KEPT))) {
            Files.delete(old);
        }
    }

    /** What a drill is made for: how long a recovery takes, and what it cannot bring back. */
    private Map<String, String> aims() {
        Map<String, String> aims = new LinkedHashMap<>();
        aims.put("recovery time", seconds(report.recovery()));
        aims.put("data loss", report.loss().map(DrillReport::words).orElse("not known"));
        return aims;
    }

    /** The other figures, by what they are called. */
    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("drilled", second(report.began()));
        facts.put("backup", report.backup().name());
        facts.put("verdict", report.verdict().wire() + ": " + report.why());
        report.backup().note().ifPresent(note -> facts(facts, note));
        facts.put("restored in", seconds(report.restoring()));
        return facts;
    }

    private static void facts(Map<String, String> facts, BackupNote note) {
        facts.put("made", second(note.made()));
        facts.put("size", BackupLines.size(note.file().count()));
        note.digest().ifPresent(all -> facts.put("entities", Long.toString(all.count())));
        facts.put("seq", Long.toString(note.seq().value()));
    }

    private static String second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String words(Loss loss) {
        String since =
                loss.since()
                        + (loss.since() == 1 ? " change" : " changes")
                        + " since the backup, which is "
                        + Age.print(loss.age())
                        + " old";
        return loss.changes() == loss.since() ? since : loss.changes() + " of " + since;
    }

    private static String seconds(Duration took) {
        return took.compareTo(Duration.ofSeconds(1)) < 0
                ? took.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", took.toNanos() / 1e9);
    }

    private String headline() {
        return report.passed() ? "The recovery works" : "THE RECOVERY FAILS";
    }

    /** Several lines for people; the first says whether it works. */
    String text() {
        StringBuilder text = new StringBuilder(headline());
        for (Tried one : report.tried()) {
            text.append(one.failure().isEmpty() ? "\n  ok    " : "\n  FAIL  ");
            text.append(one.what()).append(", ").append(seconds(one.took()));
            one.failure().ifPresent(why -> text.append(": ").append(why));
        }
        Map<String, String> all = aims();
        all.putAll(facts());
        all.forEach((name, fact) -> text.append("\n%-14s".formatted(name)).append(fact));
        return text.toString();
    }

    /** One JSON object. */
    String json() {
        StringBuilder out = new StringBuilder();
        JsonOut json = new JsonOut(out).begin();
        json.truth("passed", report.passed()).instant("began", report.began());
        json.plain("verdict", report.verdict().wire()).text("why", report.why());
        json.number("restoring_ms", report.restoring().toMillis());
        json.number("recovery_ms", report.recovery().toMillis());
        Optional<Loss> loss = report.loss();
        if (loss.isPresent()) {
            json.number("lost_changes", loss.get().changes());
            json.number("changes_since_backup", loss.get().since());
            json.number("backup_age_s", loss.get().age().toSeconds());
        }
        json.name("backup").begin();
        BackupLines.members(json, report.backup());
        json.end().name("tried");
        out.append('[');
        String comma = "";
        for (Tried one : report.tried()) {
            out.append(comma);
            new JsonOut(out)
                    .begin()
                    .text("what", one.what())
                    .number("took_ms", one.took().toMillis())
                    .text("failure", one.failure())
                    .end();
            comma = ",";
        }
        out.append("]}");
        return out.toString();
    }

    /** A page that needs nothing beside it. */
    String page() {
        List<String> aims = new ArrayList<>();
        aims().forEach((name, fact) -> aims.add(aim(name, fact)));
        List<String> facts = new ArrayList<>();
        facts().forEach((name, fact) -> facts.add(row(name, fact, "")));
        List<String> steps = new ArrayList<>();
        for (Tried one : report.tried()) {
            String result = one.failure().map(why -> "failed: " + why).orElse("ok");
            String kind = one.failure().isEmpty() ? "good" : "bad";
            steps.add(row(one.what(), result + ", " + seconds(one.took()), kind));
        }
        String style = report.passed() ? "good" : "bad";
        return PAGE.replace("{style}", style)
                .replace("{aims}", String.join("\n", aims))
                .replace("{facts}", String.join("\n", facts))
                .replace("{steps}", String.join("\n", steps))
                .replace("{headline}", escaped(headline()));
    }

    private static String aim(String name, String fact) {
        return "<div><dt>" + escaped(name) + "</dt><dd>" + escaped(fact) + "</dd></div>";
    }

    private static String row(String name, String fact, String style) {
        String cell = style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">";
        return "<tr><th scope=\"row\">"
                + escaped(name)
                + "</th>"
                + cell
                + escaped(fact)
                + "</td></tr>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Rocket drill: {headline}</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto;
              padding: 0 1rem; }
            h1 { font-size: 1.5rem; padding: .6rem 1rem; border-radius: .4rem; color: #fff; }
            h1.good { background: #1a7f37; }
            h1.bad { background: #b42318; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: .35rem .5rem;
              border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
            th { font-weight: 600; width: 38%; }
            td.good::before { content: "\\2713  "; color: #2da44e; }
            td.bad { color: #e5534b; font-weight: 600; }
            td.bad::before { content: "\\2717  "; }
            dl { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0 0; }
            dl div { flex: 1 1 14rem; padding: .6rem 1rem; border: 1px solid #8884;
              border-radius: .4rem; }
            dt { font-size: .9rem; opacity: .75; }
            dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
            </style>
            <h1 class="{style}">{headline}</h1>
            <dl>
            {aims}
            </dl>
            <h2>What was restored</h2>
            <table>
            {facts}
            </table>
            <h2>What was tried on it</h2>
            <table>
            {steps}
            </table>
            </html>
            """;
}
