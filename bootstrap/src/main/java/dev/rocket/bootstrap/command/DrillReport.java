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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

    /** The figures, by what they are called. */
    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("backup", report.backup().name());
        facts.put("verdict", report.verdict().wire() + ": " + report.why());
        report.backup().note().ifPresent(note -> facts(facts, note));
        facts.put("restored in", seconds(report.restoring()));
        facts.put("recovery time", seconds(report.recovery()));
        facts.put("data loss", report.loss().map(DrillReport::words).orElse("not known"));
        facts.put("drilled", report.began().toString());
        return facts;
    }

    private static void facts(Map<String, String> facts, BackupNote note) {
        facts.put("seq", Long.toString(note.seq().value()));
        note.digest().ifPresent(all -> facts.put("entities", Long.toString(all.count())));
        facts.put("size", BackupLines.size(note.file().count()));
        facts.put("made", note.made().toString());
    }

    private static String words(Loss loss) {
        return loss.changes()
                + (loss.changes() == 1 ? " change" : " changes")
                + " since the backup, which is "
                + Age.print(loss.age())
                + " old";
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toNanos() / 1e9);
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
        facts().forEach((name, fact) -> text.append("\n%-14s".formatted(name)).append(fact));
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
                .replace("{facts}", String.join("\n", facts))
                .replace("{steps}", String.join("\n", steps))
                .replace("{headline}", escaped(headline()));
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
            th { font-weight: 600; width: 14rem; }
            td.good::before { content: "\\2713  "; color: #1a7f37; }
            td.bad { color: #b42318; font-weight: 600; }
            </style>
            <h1 class="{style}">{headline}</h1>
            <h2>What was measured</h2>
            <table>
            {facts}
            </table>
            <h2>What was tried on the restored server</h2>
            <table>
            {steps}
            </table>
            </html>
            """;
}
