package dev.rocket.core.operation;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Seq;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a store knows of jobs. */
final class JobBook {

    /** Changes of one job that are looked through for its runs. */
    private static final int LOOKED_THROUGH = 500;

    private final Store store;

    JobBook(Store store) {
        this.store = store;
    }

    /** The jobs of those names that were ever taken. */
    Map<String, Job> jobs(List<String> names) {
        return store.read(
                snapshot -> {
                    Map<String, Job> jobs = new HashMap<>();
                    for (String name : names) {
                        snapshot.find(Job.Id.of(name)).ifPresent(job -> jobs.put(name, job));
                    }
                    return jobs;
                });
    }

    /** The job of that name; empty when it was never taken. */
    Optional<Job> job(String name) {
        return store.read(snapshot -> snapshot.find(Job.Id.of(name)));
    }

    /** When the first change that the feed holds was made; empty when it holds none. */
    Optional<Instant> beginning() {
        return store.read(s -> s.changes(Seq.START, 1)).stream().findFirst().map(Change::at);
    }

    /** The last runs of a job, the newest first, as far as the feed holds them. */
    List<Job.Run> runs(String name, int limit) {
        return store.read(snapshot -> runs(snapshot, Job.Id.of(name), limit));
    }

    private static List<Job.Run> runs(Snapshot snapshot, Job.Id id, int limit) {
        List<Job.Run> runs = new ArrayList<>();
        Seq at = snapshot.lastChange(id);
        for (int i = 0; i < LOOKED_THROUGH && runs.size() < limit; i++) {
            Optional<Change> change = change(snapshot, at, id);
            if (change.isEmpty()) {
                break;
            }
            if (change.get().image() instanceof Job job && change.get().cause().equals(Lease.RUN)) {
                job.last().ifPresent(runs::add);
            }
            at = change.get().prev();
        }
        return List.copyOf(runs);
    }

    private static Optional<Change> change(Snapshot snapshot, Seq at, Job.Id id) {
        return at.equals(Seq.START)
                ? Optional.empty()
                : snapshot.changes(new Seq(at.value() - 1), 1).stream()
                        .filter(change -> change.seq().equals(at))
                        .filter(change -> change.image().id().equals(id))
                        .findFirst();
    }
}
