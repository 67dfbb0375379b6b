package dev.rocket.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.postgres.PostgresConfig.Server;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which login is tried when, while a password is changed in two places. */
class KnownLoginsTest {

    private static final Server FIRST = login("first");
    private static final Server SECOND = login("second");

    private final List<Server> tried = new ArrayList<>();
    private Server wanted = FIRST;
    private List<Server> given = List.of(FIRST);
    private long nanos;
    private final KnownLogins logins = new KnownLogins(FIRST, () -> given, () -> nanos);

    private static Server login(String word) {
        return PostgresConfig.at("postgres://me:" + word + "@localhost/tasks").server();
    }

    private Server way(Server login) throws SQLException {
        tried.add(login);
        if (login.equals(wanted)) {
            return login;
        }
        throw new SQLException("password authentication failed", "28P01");
    }

    private void assertTried(Server... order) throws SQLException {
        tried.clear();
        assertEquals(wanted, logins.enter(this::way));
        assertEquals(List.of(order), tried);
    }

    private void assertRefused(Server... order) {
        tried.clear();
        assertThrows(SQLException.class, () -> logins.enter(this::way));
        assertEquals(List.of(order), tried);
    }

    private void rest() {
        nanos += KnownLogins.REST.toNanos();
    }

    @Test
    void a_password_that_is_set_first_is_taken_when_the_role_has_it() throws SQLException {
        assertTried(FIRST);
        given = List.of(SECOND);
        assertTried(SECOND, FIRST);
        assertTried(FIRST);
        rest();
        assertTried(SECOND, FIRST);
        wanted = SECOND;
        assertTried(FIRST, SECOND);
        assertTried(SECOND);
        rest();
        assertTried(SECOND);
    }

    @Test
    void a_role_that_has_another_password_first_waits_for_the_setting() throws SQLException {
        wanted = SECOND;
        assertRefused(FIRST);
        assertRefused(FIRST);
        given = List.of(SECOND);
        assertTried(SECOND);
    }

    @Test
    void of_several_that_are_refused_one_is_tried_while_they_rest() throws SQLException {
        given = List.of(SECOND);
        wanted = login("third");
        assertRefused(SECOND, FIRST);
        assertRefused(SECOND);
        assertRefused(SECOND);
        rest();
        assertRefused(SECOND, FIRST);
        wanted = FIRST;
        rest();
        assertTried(SECOND, FIRST);
    }

    @Test
    void what_is_no_refusal_is_told_at_once() {
        given = List.of(SECOND);
        SQLException gone = new SQLException("no route", "08001");
        SQLException told =
                assertThrows(
                        SQLException.class,
                        () ->
                                logins.enter(
                                        login -> {
                                            tried.add(login);
                                            throw gone;
                                        }));
        assertEquals(gone, told);
        assertEquals(List.of(SECOND), tried);
    }
}
