package dev.rocket.postgres.example;

import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.postgres.PostgresStore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;

/** A shop that keeps an order and its task, or neither; README shows what is between the marks. */
final class JoiningExample {

    private JoiningExample() {}

    static void run(Connection connection, String schema) throws SQLException {
        // README: begin
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement();
                Store store = PostgresStore.join(connection, schema)) {
            sql.execute("INSERT INTO orders (item) VALUES ('roses')");
            var rocket =
                    UseCases.over(store, InstantSource.system(), new SecureRandom(), Meter.NONE);
            var title = new TaskEdit.Title("Deliver the roses");
            rocket.tasks().create(Caller.system("shop"), TaskEdit.of(title));
            connection.commit();
        }
        // README: end
    }
}
