package dev.rocket.core.operation;

import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.JsonOut;
import java.util.List;

/** Jobs and their runs as JSON text, for whoever asks from outside. */
public final class JobsText {

    private static final int ENTRY_CHARS = 512;

    private JobsText() {}

    /** An object whose {@code items} are the jobs. */
    public static String print(List<MaintenanceScheduler.Entry> entries) {
        StringBuilder out = new StringBuilder(64 + ENTRY_CHARS * entries.size());
        out.append("{\"items\":[");
        String comma = "";
        for (MaintenanceScheduler.Entry entry : entries) {
            out.append(comma);
            members(out, entry);
            out.append('}');
            comma = ",";
        }
        return out.append("]}").toString();
    }

    /** A job as in the list, with its last runs in {@code runs}, the newest first. */
    public static String print(MaintenanceScheduler.Entry entry, List<Job.Run> runs) {
        StringBuilder out = new StringBuilder(ENTRY_CHARS * (1 + runs.size()));
        members(out, entry);
        new JsonOut(out).name("runs");
        out.append('[');
        String comma = "";
        for (Job.Run run : runs) {
            out.append(comma);
            ImageText.run(out, run);
            comma = ",";
        }
        return out.append("]}").toString();
    }

    private static void members(StringBuilder out, MaintenanceScheduler.Entry entry) {
        Chore chore = entry.chore();
        JsonOut json =
                new JsonOut(out)
                        .begin()
                        .plain("name", chore.name())
                        .text("about", chore.about())
                        .plain("timetable", chore.timetable().print())
                        .plain("state", state(entry));
        entry.next().ifPresent(at -> json.instant("next", at));
        if (entry.isRunning()) {
            json.text("holder", entry.job().flatMap(Job::lease).map(Job.Lease::holder));
        }
        json.number("overdue", entry.overdue().toSeconds());
        json.number("failures", entry.job().map(Job::failures).orElse(0));
        entry.job().flatMap(Job::succeeded).ifPresent(at -> json.instant("succeeded", at));
        entry.job()
                .flatMap(Job::last)
                .ifPresent(
                        run -> {
                            json.name("last");
                            ImageText.run(out, run);
                        });
    }

    private static String state(MaintenanceScheduler.Entry entry) {
        return entry.isRunning() ? "running" : entry.isAsked() ? "asked" : "waiting";
    }
}
