package dev.rocket.core.operation;

import dev.rocket.core.model.Job;
import dev.rocket.core.operation.Diagnose.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The check of maintenance: what is overdue, and what fails.
 *
 * @param entries every job
 * @param command what does a job when its name is put for {@code %s}
 */
public record CheckJobs(List<MaintenanceScheduler.Entry> entries, String command) {

    private static final String NAME = "maintenance";

    /** A job that is late by less was only not begun yet. */
    static final Duration GRACE = Duration.ofHours(1);

    /** A job that is late by more is as good as not done. */
    static final Duration LATE = Duration.ofDays(1);

    /** Each job that needs a look; else that none does. */
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (MaintenanceScheduler.Entry entry : entries) {
            failing(entry).or(() -> overdue(entry)).ifPresent(findings::add);
        }
        long appointed =
                entries.stream()
                        .filter(one -> !(one.chore().timetable() instanceof Timetable.Off))
                        .count();
        String well = entries.size() + " jobs, " + appointed + " of them appointed, none overdue";
        return findings.isEmpty() ? List.of(Finding.ok(NAME, well)) : findings;
    }

    private Optional<Finding> failing(MaintenanceScheduler.Entry entry) {
        int failures = entry.job().map(Job::failures).orElse(0);
        if (failures == 0) {
            return Optional.empty();
        }
        String why =
                entry.job()
                        .flatMap(Job::last)
                        .filter(run -> run.result() == Job.Result.FAILED)
                        .map(run -> ", last at " + run.ended() + ": " + run.detail())
                        .orElse(": whoever did it was gone before it ended");
        String what = entry.chore().name() + " failed " + times(failures) + why;
        return Optional.of(Finding.failed(NAME, what, remedy(entry)));
    }

    private static String times(int failures) {
        return failures == 1 ? "once" : failures + " times in a row";
    }

    private Optional<Finding> overdue(MaintenanceScheduler.Entry entry) {
        Duration overdue = entry.overdue();
        if (overdue.compareTo(GRACE) < 0 || entry.isRunning()) {
            return Optional.empty();
        }
        String last =
                entry.job()
                        .flatMap(Job::succeeded)
                        .map(at -> ", done last at " + at)
                        .orElse(", never done");
        String what = entry.chore().name() + " is overdue by " + Age.print(overdue) + last;
        return Optional.of(
                overdue.compareTo(LATE) < 0
                        ? Finding.warning(NAME, what, remedy(entry))
                        : Finding.failed(NAME, what, remedy(entry)));
    }

    private String remedy(MaintenanceScheduler.Entry entry) {
        return command.replace("%s", entry.chore().name());
    }
}
