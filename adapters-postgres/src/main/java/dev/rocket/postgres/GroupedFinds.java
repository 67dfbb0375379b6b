package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tasks found for many callers by one statement.
 *
 * <p>Up to {@link #ROUNDS} statements are under way at a time. Whoever asks meanwhile waits, and
 * when one is back, the first of those who wait asks for all of them. Nobody waits for others to
 * come, so a caller alone loses nothing. Each statement begins after all its callers have asked, so
 * each sees what was committed before it asked. Safe from any thread.
 */
final class GroupedFinds {

    private static final int ROUNDS = 2;

    /** Tasks that one statement finds at most. */
    private static final int MOST = 100;

    private final PostgresConnections connections;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Wait> waiting = new ArrayDeque<>();
    private int rounds;

    /** Looks on connections that read; {@code patience} is how long a caller waits for a turn. */
    GroupedFinds(PostgresConnections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /** One caller; its turn brings those that it asks for, or nobody when it was answered. */
    private static final class Wait {

        private final UUID id;
        private final CompletableFuture<List<Wait>> turn = new CompletableFuture<>();
        private Optional<String> image = Optional.empty();
        private @Nullable RuntimeException failure;

        Wait(UUID id) {
            this.id = id;
        }

        Optional<String> answer() {
            if (failure != null) {
                throw failure;
            }
            return image;
        }
    }

    /**
     * The image of a task; empty when there is none.
     *
     * @throws StoreException with OVERLOADED when its turn did not come, or what the machine did
     */
    Optional<String> find(UUID id) {
        Wait mine = new Wait(id);
        enter(mine);
        List<Wait> round = turn(mine);
        if (!round.isEmpty()) {
            ask(round);
        }
        return mine.answer();
    }

    private void enter(Wait mine) {
        lock.lock();
        try {
            if (rounds < ROUNDS) {
                rounds++;
                mine.turn.complete(List.of(mine));
            } else {
                waiting.add(mine);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Wait> turn(Wait mine) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return mine.turn.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    leave(mine, e);
                    // It is asked for already.
                    return mine.turn.join();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn tells its failure by value", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void leave(Wait mine, TimeoutException why) {
        lock.lock();
        try {
            if (waiting.remove(mine)) {
                throw new StoreException(
                        Kind.OVERLOADED,
                        "Reads waited for " + patience.toMillis() + " ms; try again.",
                        why);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ask(List<Wait> round) {
        RuntimeException failure =
                new StoreException(Kind.UNAVAILABLE, "The read was broken off; try again.");
        Map<UUID, String> images = Map.of();
        try {
            images = images(round.stream().map(wait -> wait.id).toArray(UUID[]::new));
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            next();
            for (Wait wait : round) {
                wait.failure = failure;
                wait.image = Optional.ofNullable(images.get(wait.id));
                wait.turn.complete(List.of());
            }
        }
    }

    /** Gives the turn to the first of those who wait. */
    private void next() {
        lock.lock();
        try {
            List<Wait> round = new ArrayList<>();
            while (!waiting.isEmpty() && round.size() < MOST) {
                round.add(waiting.remove());
            }
            if (round.isEmpty()) {
                rounds--;
            } else {
                round.get(0).turn.complete(round);
            }
        } finally {
            lock.unlock();
        }
    }

    private Map<UUID, String> images(UUID[] ids) {
        try {
            return found(ids);
        } catch (Statements.Failed e) {
            if (!PostgresFailures.isBroken(e.why())) {
                throw PostgresFailures.of("reading", e.why());
            }
            connections.renew();
        }
        try {
            return found(ids);
        } catch (Statements.Failed e) {
            throw PostgresFailures.of("reading", e.why());
        }
    }

    private Map<UUID, String> found(UUID[] ids) {
        Map<UUID, String> images = new HashMap<>();
        try (Connection connection = connections.reader()) {
            Statements.one(connection)
                    .list(
                            row -> images.put(row.getObject(1, UUID.class), row.getString(2)),
                            "SELECT id, image FROM task WHERE id = ANY (?)",
                            (Object) ids);
            return images;
        } catch (SQLException e) {
            throw PostgresFailures.of("giving a connection back", e);
        }
    }
}
