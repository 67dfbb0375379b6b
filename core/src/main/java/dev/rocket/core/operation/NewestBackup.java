package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote;
import dev.rocket.core.model.Job;
import dev.rocket.core.port.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the newest backup of a store is.
 *
 * <p>Several servers of a store may have a folder each.
 *
 * @param store whose maintenance tells of each backup that was made
 * @param folder of this server
 */
public record NewestBackup(Store store, BackupFolder folder) {

    private static final int RUNS = 20;

    /**
     * The run that made a newer verified backup than any in the folder.
     *
     * @return empty when the newest is here, or none is known
     * @throws dev.rocket.core.port.StoreException when the store cannot be read
     */
    public Optional<Job.Run> elsewhere() {
        try {
            Optional<Instant> here =
                    folder.newestVerified().flatMap(Backup::note).map(BackupNote::made);
            return newest().filter(run -> here.filter(at -> !at.isBefore(run.started())).isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(folder.path() + " cannot be listed: " + e, e);
        }
    }

    /**
     * When some server last took backups off-site, while the newest is elsewhere; those that it
     * took were made before that.
     *
     * @throws dev.rocket.core.port.StoreException when the store cannot be read
     */
    public Optional<Instant> copiedElsewhere() {
        return elsewhere()
                .flatMap(run -> new JobBook(store).job(KeepOffsite.JOB))
                .flatMap(Job::succeeded);
    }

    /** The same work, left to the server that has the newest. */
    Chore.Work leaving(Chore.Work work) {
        return new Chore.Work() {
            @Override
            public Outcome run(Lease lease) throws Exception {
                return work.run(lease);
            }

            @Override
            public boolean isHere() {
                return elsewhere().isEmpty();
            }
        };
    }

    /** The last run that made one, as far as the store remembers. */
    private Optional<Job.Run> newest() {
        JobBook book = new JobBook(store);
        Optional<Job> job = book.job(KeepBackups.JOB);
        if (job.flatMap(Job::succeeded).isEmpty()) {
            return Optional.empty();
        }
        Optional<Job.Run> last = job.flatMap(Job::last).filter(NewestBackup::isDone);
        return last.isPresent()
                ? last
                : book.runs(KeepBackups.JOB, RUNS).stream()
                        .filter(NewestBackup::isDone)
                        .findFirst();
    }

    private static boolean isDone(Job.Run run) {
        return run.result() == Job.Result.OK;
    }
}
