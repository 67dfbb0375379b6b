package dev.rocket.postgres;

import dev.rocket.postgres.PostgresConfig.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The logins that are tried for a connection, one after the other.
 *
 * <p>Those that are given now come first, then the one that was let in last: so a password may be
 * changed in the settings and in the database in either order, and one of the two is let in all the
 * while. One that was refused rests for {@link #REST} while there is another to try, since
 * databases may lock a user out who is refused too often. Thread-safe.
 */
final class KnownLogins {

    /** How long a login that was refused is not tried while there is another. */
    static final Duration REST = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger("dev.rocket.postgres");

    private final Supplier<List<Server>> given;
    private final LongSupplier nanoTime;
    private final Map<Server, Long> refused = new ConcurrentHashMap<>();
    private volatile Server last;
    private volatile @Nullable Boolean wasWished;

    /** Goes in as somebody. */
    @FunctionalInterface
    interface Way<T> {

        /** Goes in; the state of what it throws says whether the login was refused. */
        T as(Server login) throws SQLException;
    }

    /**
     * Begins with a login that counts as let in.
     *
     * @param given those to be tried, the likeliest first
     */
    KnownLogins(Server first, Supplier<List<Server>> given) {
        this(first, given, System::nanoTime);
    }

    KnownLogins(Server first, Supplier<List<Server>> given, LongSupplier nanoTime) {
        this.last = first;
        this.given = given;
        this.nanoTime = nanoTime;
    }

    /** Connects beside any pool, as the first that is let in; whoever asks closes it. */
    Connection connect(PostgresConfig config, String name, boolean bare) throws SQLException {
        return enter(login -> PostgresConnections.connect(config.withLogin(login), name, bare));
    }

    /**
     * Goes in as the first that is let in.
     *
     * @throws SQLException what the first one was told when none is, or any other failure at once
     */
    <T> T enter(Way<T> way) throws SQLException {
        Set<Server> known = new LinkedHashSet<>(given.get());
        known.add(last);
        Server wished = known.iterator().next();
        @Nullable SQLException why = null;
        for (Server login : order(known)) {
            try {
                T inside = way.as(login);
                letIn(login, login.equals(wished));
                return inside;
            } catch (SQLException e) {
                if (!PostgresFailures.isRefusal(e)) {
                    throw e;
                }
                refused.put(login, nanoTime.getAsLong());
                why = why == null ? e : why;
            }
        }
        throw why == null ? new SQLException("no login is known") : why;
    }

    /** Those that do not rest, then one that does: each may be what the database wants by now. */
    private List<Server> order(Set<Server> known) {
        refused.keySet().retainAll(known);
        List<Server> order = new ArrayList<>();
        List<Server> resting = new ArrayList<>();
        known.forEach(login -> (rests(login) ? resting : order).add(login));
        resting.stream().findFirst().ifPresent(order::add);
        return order;
    }

    private boolean rests(Server login) {
        Long at = refused.get(login);
        return at != null && nanoTime.getAsLong() - at < REST.toNanos();
    }

    private void letIn(Server login, boolean isWished) {
        last = login;
        refused.remove(login);
        Boolean before = wasWished;
        wasWished = isWished;
        if (before == null || before.equals(isWished)) {
            return;
        }
        LOG.log(
                isWished ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                isWished
                        ? "The database takes the login that is set now"
                        : "The database refuses the login that is set now and takes the one before;"
                                + " change the password of the role, or mend the setting");
    }
}
