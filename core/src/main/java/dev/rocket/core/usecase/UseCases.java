package dev.rocket.core.usecase;

import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * All that a person may ask of one store.
 *
 * @param tasks writing tasks
 * @param find looking
 * @param comments remarking
 * @param catalog projects, labels and members
 * @param tokens giving out and taking back
 * @param authenticate telling who asks
 * @param feed following changes
 * @param batch many writes at once
 */
public record UseCases(
        WriteTasks tasks,
        FindTasks find,
        WriteComments comments,
        ManageCatalog catalog,
        ManageTokens tokens,
        Authenticate authenticate,
        FollowChanges feed,
        WriteBatch batch) {

    /**
     * The use cases over a store.
     *
     * @param clock gives the time
     * @param secrets makes ids and secrets; must be cryptographically strong
     * @param meter hears what was done
     */
    public static UseCases over(
            Store store, InstantSource clock, RandomGenerator secrets, Meter meter) {
        Once once = new Once(store, clock, meter);
        Births births = new Births(clock, secrets);
        Authenticate authenticate = new Authenticate(store, clock);
        return new UseCases(
                new WriteTasks(once, clock, births),
                new FindTasks(store),
                new WriteComments(once, clock, births),
                new ManageCatalog(once, clock, births),
                new ManageTokens(once, clock, births, secrets, authenticate),
                authenticate,
                new FollowChanges(store),
                new WriteBatch(once));
    }
}
