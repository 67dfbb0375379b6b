package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that is changed under a store that goes on. */
final class NewPasswordTest {

    private static final String CUT =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 50;

    @TempDir private Path folder = Path.of("");

    /**
     * Goal: a password is changed without a restart. Method: the role gets another one and all its
     * connections are cut; with the old login nobody gets in, with the new one the store heals.
     */
    @Test
    void the_next_connection_takes_the_password_of_the_moment() throws Exception {
        try (Cluster cluster = Cluster.in(folder)) {
            AtomicReference<PostgresConfig> login = app(cluster);
            PostgresConfig config = login.get().withPatience(Duration.ofMillis(500));
            try (Store store = open(config, login)) {
                assertEquals(Optional.empty(), store.probe().trouble(PATIENCE));
                cluster.run("ALTER ROLE app PASSWORD 'two'");
                assertEquals(Optional.empty(), store.probe().trouble(PATIENCE));
                cluster.run(CUT);
                // The first attempts may meet the connections that were cut.
                assertTrue(isToldOfThePassword(store), "nobody was told of the password");
                login.set(login(cluster, "two"));
                assertEquals(Optional.empty(), store.probe().trouble(PATIENCE));
            }
        }
    }

    /**
     * Goal: the settings may be changed first. Method: they name another password, and all
     * connections are cut, so that each is made anew, as long as the role has the one before and
     * once it has the other.
     */
    @Test
    void the_password_before_is_good_until_the_role_has_the_next() throws Exception {
        try (Cluster cluster = Cluster.in(folder)) {
            AtomicReference<PostgresConfig> login = app(cluster);
            PostgresConfig config = login.get().withPatience(Duration.ofMillis(500));
            try (Store store = open(config, login)) {
                login.set(login(cluster, "two"));
                cluster.run(CUT);
                assertHeals(store);
                cluster.run("ALTER ROLE app PASSWORD 'two'");
                cluster.run(CUT);
                assertHeals(store);
            }
        }
    }

    /** Makes the role; its login, which may be exchanged. */
    private static AtomicReference<PostgresConfig> app(Cluster cluster) throws Exception {
        cluster.run("CREATE ROLE app LOGIN PASSWORD 'one'");
        cluster.run("GRANT ALL ON DATABASE postgres TO app");
        cluster.letIn("host all app 127.0.0.1/32 scram-sha-256");
        return new AtomicReference<>(login(cluster, "one"));
    }

    private static Store open(PostgresConfig config, AtomicReference<PostgresConfig> login) {
        return PostgresStore.open(config, Meter.NONE, () -> List.of(login.get().server()));
    }

    /** The first attempts may meet the connections that were cut. */
    private static void assertHeals(Store store) {
        Optional<String> why = store.probe().trouble(PATIENCE);
        for (int i = 0; i < ATTEMPTS && why.isPresent(); i++) {
            why = store.probe().trouble(PATIENCE);
        }
        assertEquals(Optional.empty(), why);
    }

    private static boolean isToldOfThePassword(Store store) {
        for (int i = 0; i < ATTEMPTS; i++) {
            String why = store.probe().trouble(PATIENCE).orElse("all is well");
            if (why.contains("password")) {
                return true;
            }
        }
        return false;
    }

    private static PostgresConfig login(Cluster cluster, String password) {
        String place = "@127.0.0.1:" + cluster.port() + "/postgres";
        return PostgresConfig.at("postgres://app:" + password + place);
    }
}
