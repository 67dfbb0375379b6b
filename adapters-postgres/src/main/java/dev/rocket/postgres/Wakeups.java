package dev.rocket.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells other servers that the feed has grown, and hears them.
 *
 * <p>A hint and no more: one that is lost costs the time to the next slow look. It is sent after
 * the commit, on a connection of its own, at most every few milliseconds and less often while the
 * database is slow to answer, since a notification inside a writing transaction would make all
 * commits of the database wait for each other.
 */
final class Wakeups implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.rocket.postgres");

    /** The pause between two notifications, at least and at most. */
    private static final Duration PAUSE_LEAST = Duration.ofMillis(5);

    private static final Duration PAUSE_MOST = Duration.ofMillis(16);

    private static final long RETRY_MILLIS = 500;
    private static final long IDLE_MILLIS = 10_000;

    /** How long the ear listens before it looks whether the store was closed, in milliseconds. */
    private static final int LISTEN_MILLIS = 5_000;

    private final PostgresConnections connections;
    private final String schema;
    private final String channel;
    private final Runnable heard;
    private final Signal committed = new Signal();
    private final Signal pause = new Signal();
    private final Pace pace = new Pace(PAUSE_LEAST, PAUSE_MOST);
    private final Complaint late = new Complaint("Other servers are told late that the feed grows");
    private final Complaint deaf = new Complaint("The feed's growth elsewhere is noticed late");
    private volatile @Nullable Connection ear;
    private volatile int own;
    private volatile boolean closed;

    /** Starts both ends; {@code heard} is run whenever the feed may have grown elsewhere. */
    Wakeups(PostgresConnections connections, String schema, Runnable heard) {
        this.connections = connections;
        this.schema = schema;
        this.channel = "rocket_feed_" + schema;
        this.heard = heard;
        Thread.ofPlatform().daemon().name("rocket-postgres-bell").start(this::ring);
        if (!connections.isPooled()) {
            // What is listened to in a session that others use comes to nobody.
            Thread.ofPlatform().daemon().name("rocket-postgres-ear").start(this::listen);
        }
    }

    /** What the connection is called on which a server listens; one for each server. */
    static String ear(String schema) {
        return "ear-" + Long.toHexString(PostgresSchema.key("ear", schema));
    }

    /** The feed has grown here. */
    void committed() {
        committed.ring();
    }

    private void ring() {
        while (!closed) {
            try (Connection bell = connections.alone("bell");
                    PreparedStatement notify = bell.prepareStatement("SELECT pg_notify(?, '')")) {
                own = bell.unwrap(PGConnection.class).getBackendPID();
                notify.setString(1, channel);
                late.over();
                while (!closed) {
                    if (committed.hear(IDLE_MILLIS)) {
                        long began = System.nanoTime();
                        notify.execute();
                        pace.took(System.nanoTime() - began);
                        pause.hear(TimeUnit.NANOSECONDS.toMillis(pace.nanos()));
                    }
                }
            } catch (SQLException e) {
                rest(late, e);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; were it done, it would go on.
                Thread.onSpinWait();
            }
        }
    }

    private void listen() {
        while (!closed) {
            try (Connection own = connections.alone(ear(schema));
                    Statement statement = own.createStatement()) {
                ear = own;
                statement.execute("LISTEN " + channel);
                // What was told before the ear was open is found by looking.
                heard.run();
                deaf.over();
                PGConnection line = own.unwrap(PGConnection.class);
                while (!closed) {
                    PGNotification[] told = line.getNotifications(LISTEN_MILLIS);
                    if (told != null && Arrays.stream(told).anyMatch(this::isForeign)) {
                        heard.run();
                    }
                }
            } catch (SQLException e) {
                rest(deaf, e);
            }
        }
    }

    /** What this server commits itself it knows already. */
    private boolean isForeign(PGNotification notification) {
        return notification.getPID() != own;
    }

    private void rest(Complaint what, SQLException e) {
        if (closed) {
            return;
        }
        what.about(PostgresFailures.of("keeping a connection", e));
        try {
            pause.hear(RETRY_MILLIS);
        } catch (InterruptedException more) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        closed = true;
        committed.ring();
        pause.ring();
        Connection open = ear;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "a broken connection does not close", e);
            }
        }
    }
}
