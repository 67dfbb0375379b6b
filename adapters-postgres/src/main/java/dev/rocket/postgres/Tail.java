package dev.rocket.postgres;

import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a server that finds out how far the feed may be shown.
 *
 * <p>It looks when something was committed elsewhere, every few milliseconds while a place is open,
 * and now and then in any case. One look serves all who wait, and looks are rarer the longer they
 * take: a database that is slow to answer, as a rule one with much to do, is asked less. What this
 * server commits itself needs no look, unless a place before it is open. When its connection is
 * lost it takes another and goes on from where it was.
 */
final class Tail implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.postgres");

    /** How long writers wait for a feed that is held up, from when that began. */
    static final Duration SHOWN = Duration.ofSeconds(2);

    /** Places that one look takes in; what is behind waits for the next. */
    private static final int MANY = 4_096;

    /** How long a lost wake-up may delay a change, in milliseconds. */
    private static final long SLOW_MILLIS = 250;

    /** The longest pause while a place is open, in milliseconds. */
    private static final long OPEN_MILLIS = 16;

    private static final Duration APART_LEAST = Duration.ofMillis(2);
    private static final Duration APART_MOST = Duration.ofMillis(16);

    /** After so many looks it is asked who may still fill an open place. */
    private static final long ASK_LOOKS = 2;

    private static final long RETRY_MILLIS = 200;

    /** How long an opening waits for those who were writing before it, in milliseconds. */
    private static final long OPENING_MILLIS = 30_000;

    private final PostgresConnections connections;
    private final Head head;
    private final TailQueries queries;
    private final Signal signal = new Signal();
    private final AtomicBoolean news = new AtomicBoolean();
    private final Complaint lost = new Complaint("The feed is not followed");
    private final Thread thread;
    private @Nullable Connection connection;
    private final Places places;
    private final Pace pace = new Pace(APART_LEAST, APART_MOST);
    private long lookedAt = System.nanoTime() - APART_LEAST.toNanos();
    private boolean asked;
    private volatile boolean closed;

    /**
     * Finds the first mark, then goes on by itself.
     *
     * @throws StoreException with UNAVAILABLE
     */
    Tail(PostgresConnections connections, Head head) {
        this.connections = connections;
        this.head = head;
        this.queries = new TailQueries(connections.schema(), MANY);
        try {
            this.places = new Places(new Gaps(firstMark()), head);
        } catch (SQLException e) {
            disconnect();
            throw PostgresFailures.of("finding the end of the feed", e);
        }
        this.thread = Thread.ofPlatform().daemon().name("rocket-postgres-tail").start(this::run);
    }

    /** Something may have been committed or taken back elsewhere. */
    void signal() {
        news.set(true);
        signal.ring();
    }

    /**
     * A transaction of this server has ended, which filled some places and gave others up.
     *
     * @return how long its answer may wait for the feed; nothing once that is held up for long
     */
    Duration ended(List<Long> filled, List<Long> givenUp) {
        places.ended(filled, givenUp);
        if (!places.isWaiting()) {
            return SHOWN;
        }
        signal.ring();
        Duration rest = SHOWN.minusMillis(places.openMillis());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** The last place that is filled now, once all who might fill one before it have ended. */
    private long firstMark() throws SQLException {
        Gaps first = new Gaps(0);
        List<Long> filled = look(0, queries.first()).filled();
        first.observe(Set.of(), filled, Gaps.NONE);
        long end = System.nanoTime() + OPENING_MILLIS * 1_000_000;
        long bound = first.isBlocked() ? bound() : Gaps.NONE;
        while (first.isBlocked()) {
            Set<Integer> owners = owners();
            first.clear(id -> owners.contains((int) id));
            first.observe(look(0, queries.first()).running(), filled, bound);
            if (!first.isBlocked()) {
                break;
            }
            if (System.nanoTime() > end) {
                throw new StoreException(
                        Kind.UNAVAILABLE,
                        "A transaction has been writing to the feed for more than "
                                + OPENING_MILLIS / 1_000
                                + " s; end it (see pg_stat_activity) and try again.");
            }
            pause();
        }
        return first.mark();
    }

    private void pause() {
        try {
            signal.hear(OPEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, "The opening was interrupted.", e);
        }
    }

    /** Why it cannot follow the feed, while it cannot. */
    Optional<String> trouble() {
        return lost.why();
    }

    private void run() {
        while (!closed) {
            try {
                boolean heard = signal.hear(places.isWaiting() ? pauseMillis() : SLOW_MILLIS);
                LockSupport.parkNanos(lookedAt + pace.nanos() - System.nanoTime());
                if (news.getAndSet(false) || !heard || places.isWaiting()) {
                    advance(heard);
                    lost.over();
                }
            } catch (SQLException e) {
                if (!closed) {
                    lost.about(PostgresFailures.of("following the feed", e));
                }
                disconnect();
                retry();
            } catch (InterruptedException e) {
                // Only close() interrupts.
                Thread.onSpinWait();
            }
        }
        disconnect();
    }

    /** Longer the longer a place has been open. */
    private long pauseMillis() {
        return Math.clamp(places.openMillis() / 4, 1, OPEN_MILLIS);
    }

    private void retry() {
        try {
            signal.hear(RETRY_MILLIS);
            signal();
        } catch (InterruptedException e) {
            // Only close() interrupts.
            Thread.onSpinWait();
        }
    }

    private void advance(boolean heard) throws SQLException {
        long bound = Gaps.NONE;
        lookedAt = System.nanoTime();
        if (places.isBlocked() && places.openNanos() >= ASK_LOOKS * pace.nanos()) {
            // Most places are filled in time; only for one that is not an id is spent on a proof.
            if (!asked || !heard) {
                bound = bound();
                asked = true;
            }
            Set<Integer> owners = owners();
            places.clear(id -> owners.contains((int) id));
        }
        long began = System.nanoTime();
        Look look = look(head.place(), queries.look());
        pace.took(System.nanoTime() - began);
        boolean moved = places.observe(look.running(), look.filled(), bound);
        asked &= !moved && places.isBlocked();
        if (look.filled().size() == MANY && !places.isBlocked()) {
            signal();
        }
    }

    /** A transaction's id that is taken and given up at once. */
    private long bound() throws SQLException {
        try (PreparedStatement statement =
                        connected().prepareStatement("SELECT pg_current_xact_id()::text");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Long.parseLong(row.getString(1));
        }
    }

    /** All who write to the feed; whoever ended since is judged by the next look. */
    private Set<Integer> owners() throws SQLException {
        Set<Integer> owners = new HashSet<>();
        try (PreparedStatement statement = connected().prepareStatement(queries.owners());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                owners.add((int) Long.parseLong(rows.getString(1)));
            }
        }
        return owners;
    }

    /** What one snapshot sees. */
    private record Look(Set<Long> running, List<Long> filled) {}

    private Look look(long mark, String sql) throws SQLException {
        try (PreparedStatement statement = connected().prepareStatement(sql)) {
            statement.setLong(1, mark);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Array places = row.getArray(2);
                List<Long> filled =
                        Arrays.stream((Object[]) places.getArray())
                                .filter(Long.class::isInstance)
                                .map(Long.class::cast)
                                .toList();
                return new Look(running(row.getString(1)), filled);
            }
        }
    }

    /** The third part of {@code xmin:xmax:xid,xid,…}. */
    static Set<Long> running(String snapshot) {
        String ids = snapshot.substring(snapshot.lastIndexOf(':') + 1);
        return ids.isEmpty()
                ? Set.of()
                : Arrays.stream(ids.split(",", -1)).map(Long::valueOf).collect(Collectors.toSet());
    }

    private Connection connected() throws SQLException {
        Connection known = connection;
        if (known == null) {
            known = connections.alone("tail");
            connection = known;
        }
        return known;
    }

    private void disconnect() {
        Connection known = connection;
        connection = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "a broken connection does not close", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
