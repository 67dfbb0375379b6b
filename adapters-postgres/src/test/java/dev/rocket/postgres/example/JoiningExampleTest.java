package dev.rocket.postgres.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.postgres.PostgresStore;
import dev.rocket.postgres.Server;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example does what README says. */
final class JoiningExampleTest {

    @Test
    void the_order_and_its_task_are_kept_together() throws Exception {
        var config = Server.fresh();
        try (Store server = PostgresStore.open(config, Meter.NONE);
                Connection connection = Server.connect(config);
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE orders (item text)");
            JoiningExample.run(connection, config.schema());
            assertTrue(server.await(Seq.START, Duration.ofSeconds(60)));
            var change = server.read(s -> s.changes(Seq.START, 10)).get(0);
            assertEquals("Deliver the roses", ((Task) change.image()).title());
        }
    }
}
