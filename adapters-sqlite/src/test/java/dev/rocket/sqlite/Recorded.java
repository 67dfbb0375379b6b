package dev.rocket.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A connection to a store's file that keeps every statement prepared through it. */
final class Recorded implements AutoCloseable {

    private final Connection connection;
    private final Set<String> prepared = new LinkedHashSet<>();

    /**
     * A line of a plan.
     *
     * @param id its number in the plan
     * @param parent the line it belongs under; 0 at the top
     * @param detail what the engine does
     */
    record Step(int id, int parent, String detail) {}

    Recorded(SqliteConfig config) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + config.path());
    }

    /** Statements whose texts are kept here. */
    Statements statements() {
        return new Statements(
                (Connection)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("prepareStatement")) {
                                        prepared.add((String) arguments[0]);
                                    }
                                    try {
                                        return method.invoke(connection, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                }));
    }

    /** What was prepared since the last call. */
    Set<String> taken() {
        Set<String> taken = new LinkedHashSet<>(prepared);
        prepared.clear();
        return taken;
    }

    /** How the engine would run a statement. */
    List<Step> plan(String sql) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                var rows = explain.executeQuery()) {
            while (rows.next()) {
                steps.add(new Step(rows.getInt(1), rows.getInt(2), rows.getString(4)));
            }
        }
        return steps;
    }

    /** Runs a statement that gives nothing. */
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
