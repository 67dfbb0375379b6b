package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.Job;
import dev.rocket.core.operation.JobsText;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows maintenance and has it done. */
@Command(
        name = "maintenance",
        description = "Show what maintenance is due, and how it went.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[run]",
        footer = {
            "",
            "A server does maintenance by itself, each job at its time, and what it missed",
            "when it starts. A job that failed is tried again after a minute, then later",
            "each time, up to an hour. Times are UTC, those in timetables are local.",
            "",
            "Without --url it works on the database itself, which no server may have open",
            "when it is a file. With --url it asks a running server and shows it the admin",
            "token in ROCKET_TOKEN.",
            "",
            "Examples:",
            "  rocket maintenance",
            "  ROCKET_TOKEN=... rocket maintenance --url http://127.0.0.1:9000 --json"
        })
public final class ManageMaintenance implements Callable<Integer> {

    private static final long FIRST_LOOK_MILLIS = 250;
    private static final long LONGEST_LOOK_MILLIS = 10_000;
    private static final String PLACE = "/v1/maintenance";

    @Option(names = "--url", paramLabel = "URL", description = "A running server.")
    private @Nullable String url;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        String jobs = url == null ? ofStore() : ofServer(url);
        print(json ? jobs + "\n" : JobTable.text(jobs));
        return 0;
    }

    private String ofStore() {
        StoreFile file = StoreFile.of(db);
        try (Store store = opened(file)) {
            return JobsText.print(scheduler(file, store, true).entries());
        }
    }

    private static MaintenanceScheduler scheduler(StoreFile file, Store store, boolean byItself) {
        return Wiring.maintenance(
                file.config(), store, byItself, Rehearsal.stage(), Wiring.clock());
    }

    private static String ofServer(String url) throws IOException {
        try (Remote remote = new Remote(url, ManageToken.ownToken())) {
            return remote.ask("GET", PLACE, Optional.empty());
        }
    }

    /** Opens a store for maintenance; a file that a server has open leads to that server. */
    private static Store opened(StoreFile file) {
        try {
            return file.openExisting();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.LOCKED) {
                throw new StoreException(
                        e.kind(),
                        "A server has the database open; ask it instead: add --url"
                                + " http://127.0.0.1:9000 and set ROCKET_TOKEN.",
                        e);
            }
            throw e;
        }
    }

    @Command(
            description = "Do one job now, and wait until it is done.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "The exit code is 0 when it was done or had nothing to do, 1 when it failed.",
                "",
                "Example:",
                "  ROCKET_TOKEN=... rocket maintenance run receipts --url http://127.0.0.1:9000"
            })
    int run(
            @Parameters(paramLabel = "JOB", description = "As in the list.") String job,
            @Option(names = "--url", paramLabel = "URL", description = "A running server.")
                    @Nullable String url,
            @Option(
                            names = "--db",
                            description = "SQLite file or postgres://…, instead of the settings.")
                    @Nullable String db)
            throws IOException {
        Map<String, String> done = url == null ? inStore(job, db) : onServer(job, url);
        String result = done.getOrDefault("last.result", "");
        print(job + " " + result + ": " + done.getOrDefault("last.detail", "") + "\n");
        return result.equals(Job.Result.FAILED.wire()) ? 1 : 0;
    }

    /** Does a job on a store; the job afterwards, by the names of its members. */
    static Map<String, String> inStore(String job, @Nullable String db) throws IOException {
        StoreFile file = StoreFile.of(db);
        try (Store store = opened(file)) {
            MaintenanceScheduler maintenance = scheduler(file, store, false);
            if (!maintenance.ask(job)) {
                throw unknown(job, JobTable.names(JobsText.print(maintenance.entries())));
            }
            maintenance.tick();
            Map<String, String> now = JobTable.job(JobsText.print(maintenance.entries()), job);
            if (!"waiting".equals(now.get("state"))) {
                throw new IOException(job + " is being done by " + now.get("holder") + " just now");
            }
            return now;
        }
    }

    /** Has a server do a job; the job afterwards, by the names of its members. */
    static Map<String, String> onServer(String job, String url) throws IOException {
        try (Remote remote = new Remote(url, ManageToken.ownToken())) {
            String before = remote.ask("GET", PLACE, Optional.empty());
            if (!JobTable.names(before).contains(job)) {
                throw unknown(job, JobTable.names(before));
            }
            String last = JobTable.job(before, job).getOrDefault("last.started", "");
            remote.ask("POST", PLACE + "/" + job + "/runs", Optional.empty());
            return awaited(remote, job, last);
        }
    }

    /** Looks ever more seldom, since each look counts against the client's quota. */
    private static Map<String, String> awaited(Remote remote, String job, String last)
            throws IOException {
        for (long pause = FIRST_LOOK_MILLIS; ; pause = Math.min(2 * pause, LONGEST_LOOK_MILLIS)) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted; the server goes on with it", e);
            }
            String now = remote.ask("GET", PLACE, Optional.empty());
            Map<String, String> found = JobTable.job(now, job);
            boolean waits = "waiting".equals(found.get("state"));
            if (waits && !last.equals(found.getOrDefault("last.started", ""))) {
                return found;
            }
        }
    }

    private static ConfigException unknown(String job, List<String> names) {
        return new ConfigException(
                List.of("There is no job " + job + "; there are: " + String.join(", ", names)));
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
