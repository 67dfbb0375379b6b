package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.exchange.Format;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.model.Limits;
import dev.rocket.core.port.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings in tasks from other programs. */
@Command(
        name = "import",
        description = "Bring in tasks from other programs, or from an export.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  task export | rocket import -         Taskwarrior, all tasks",
            "  rocket import --dry-run ~/todo.txt    what would happen; changes nothing",
            "  rocket import todo.txt done.txt       several files, as if they were one",
            "  rocket import --format todo.txt - < list",
            "  rocket import --zone Europe/Rome --report lost.txt tasks.ics",
            "  rocket import --db new.db backup.jsonl",
            "                                        what rocket export wrote",
            "",
            "Stop the server first: an import needs the store for itself. A store that is",
            "not there is made. What is there already stays as it is, so an import that",
            "broke off is resumed by running it again; twice changes no more than once.",
            "",
            "Whatever Rocket has no place for is told with its line and field, on standard",
            "error or in --report. Lost: it is not in the store. Moved: it stands elsewhere",
            "in the store. Kept: the store holds something else, which was left so.",
            "",
            "With --json standard output has one JSON object a line: a finding (unless",
            "--report takes them), what each import came to, and in the end the summary.",
            "",
            "Exit code 0 when all was kept, 3 when something was lost or the store kept its",
            "own, 1 when it failed, 2 when it was used wrongly."
        })
public final class Import implements Callable<Integer> {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "auto, taskwarrior, todo.txt, ical or rocket (default: ${DEFAULT-VALUE}).",
            defaultValue = "auto")
    private String format = "auto";

    @Option(names = "--dry-run", description = "Change nothing; say what would happen.")
    private boolean dryRun;

    @Option(names = "--update", description = "Replace what differs, bring back what was deleted.")
    private boolean update;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Where days begin, such as Europe/Rome, instead of this machine's zone.")
    private @Nullable String zone;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "The project of tasks that name none.")
    private @Nullable String project;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write there what could not be kept, instead of standard error.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to read; - is stdin.")
    private List<String> files = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ImportRun.Choice choice = choice();
        List<InputFile> inputs = files.stream().map(InputFile::new).toList();
        check(inputs);
        StoreFile target = StoreFile.of(db);
        List<ImportRun.Group> groups = ImportRun.groups(inputs, choice);
        try (ImportTarget opened = ImportTarget.open(target, dryRun)) {
            return all(groups, opened.store(), choice) ? 3 : 0;
        }
    }

    private ImportRun.Choice choice() {
        List<String> problems = new ArrayList<>();
        Optional<Format> named = Format.named(format);
        if (named.isEmpty() && !format.equals("auto")) {
            String known = String.join(", ", Format.names());
            problems.add("--format " + format + " is not known; use auto, " + known + ".");
        }
        ZoneId place = ZoneId.systemDefault();
        try {
            place = zone == null ? place : ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add("--zone " + zone + " is not known; use a name such as Europe/Rome.");
        }
        Optional<String> into = Optional.ofNullable(project).map(String::strip);
        if (into.isPresent() && (into.get().isEmpty() || into.get().length() > Limits.NAME_CHARS)) {
            problems.add("--project must have 1 to " + Limits.NAME_CHARS + " characters.");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new ImportRun.Choice(named, place, into, update, dryRun);
    }

    /** Finds whatever is wrong with the files before anything is changed. */
    private void check(List<InputFile> inputs) throws IOException {
        List<String> flaws = new ArrayList<>(InputFile.flaws(inputs));
        for (InputFile input : inputs) {
            if (report != null && input.isAt(report)) {
                flaws.add(input.name() + " is to be read; name another file with --report.");
            }
        }
        if (!flaws.isEmpty()) {
            throw new ConfigException(flaws);
        }
    }

    private boolean all(List<ImportRun.Group> groups, Store store, ImportRun.Choice choice)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        String told = report == null ? "told above" : "told in " + report;
        ImportSummary summary = new ImportSummary(dryRun, told);
        boolean hasLoss = false;
        try (BufferedWriter file = reportWriter()) {
            for (ImportRun.Group group : groups) {
                LossReport losses;
                ImportRun.Outcome outcome;
                try (Progress progress = progress(group)) {
                    losses = new LossReport(json, line -> tell(line, file, progress));
                    outcome = new ImportRun(store, choice, losses).run(group, progress);
                }
                flush(file);
                out.println(json ? summary.json(outcome, losses) : summary.text(outcome, losses));
                out.flush();
                hasLoss |= losses.hasLoss();
            }
        }
        if (json) {
            out.println(summary.json(hasLoss));
            out.flush();
        }
        return hasLoss;
    }

    private Progress progress(ImportRun.Group group) throws IOException {
        return new Progress(spec.commandLine().getErr(), group.name(), group.sizeBytes());
    }

    private @Nullable BufferedWriter reportWriter() {
        if (report == null) {
            return null;
        }
        try {
            return OwnerFile.writer(report);
        } catch (IOException e) {
            String what = "--report " + report + " cannot be written (" + e.getMessage() + ")";
            throw new ConfigException(List.of(what + "; name another file."));
        }
    }

    private void tell(String line, @Nullable BufferedWriter file, Progress progress) {
        if (file != null) {
            try {
                file.write(line);
                file.newLine();
            } catch (IOException e) {
                throw new UncheckedIOException(unwritten(e));
            }
        } else if (json) {
            spec.commandLine().getOut().println(line);
        } else {
            progress.say(line);
        }
    }

    private void flush(@Nullable BufferedWriter file) throws IOException {
        if (file != null) {
            try {
                file.flush();
            } catch (IOException e) {
                throw unwritten(e);
            }
        }
    }

    private IOException unwritten(IOException e) {
        return new IOException("the report " + report + " cannot be written: " + e.getMessage(), e);
    }
}
