package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Probe.Remark;
import dev.rocket.core.port.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's settings endanger is told, with what to type. */
final class ServerSettingsTest {

    @TempDir private Path folder = Path.of("");

    private static List<String> told(Store store, Remark.Weight weight) {
        return store.probe().remarks().stream()
                .filter(remark -> remark.weight() == weight)
                .map(Remark::what)
                .toList();
    }

    @Test
    void settings_that_lose_commits_are_dangers_and_others_are_notes() throws Exception {
        try (Cluster cluster = Cluster.in(folder);
                Store store = PostgresStore.open(cluster.config(), Meter.NONE)) {
            String fsync = "fsync is off: a crash of the machine may destroy the database";
            assertEquals(List.of(fsync), told(store, Remark.Weight.DANGER));
            List<String> notes = told(store, Remark.Weight.NOTE);
            assertTrue(notes.get(0).matches("Postgres \\d+.*"), notes.toString());
            assertTrue(notes.contains("synchronous_commit on"), notes.toString());
            cluster.run("ALTER DATABASE postgres SET synchronous_commit = off");
            try (Store other = PostgresStore.open(cluster.config(), Meter.NONE)) {
                assertEquals(notes.subList(0, 2), told(other, Remark.Weight.NOTE).subList(0, 2));
            }
            try (Connection bare = cluster.connect()) {
                long now = System.currentTimeMillis() / 1_000;
                ServerSettings settings = new ServerSettings(new Statements(bare));
                String commit = settings.remarks(9, now).get(1).what();
                assertTrue(commit.startsWith("synchronous_commit is off"), commit);
            }
        }
    }

    @Test
    void pools_that_do_not_fit_and_clocks_apart_are_concerns() throws Exception {
        PostgresConfig config = PostgresConfig.at(Server.url());
        try (Connection connection = Server.connect(config)) {
            long far = System.currentTimeMillis() / 1_000 - 60;
            Statements statements = new Statements(connection);
            List<String> concerns =
                    new ServerSettings(statements)
                            .remarks(10_000, far).stream()
                                    .filter(one -> one.weight() == Remark.Weight.CONCERN)
                                    .map(Remark::what)
                                    .toList();
            assertEquals(2, concerns.size(), concerns.toString());
            assertTrue(concerns.get(0).endsWith("takes 10003"), concerns.get(0));
            assertTrue(concerns.get(1).matches("the database's clock differs by 6\\d s"));
        }
    }
}
