package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.postgres.PostgresConfig;
import dev.rocket.postgres.PostgresConfig.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which logins the settings give for a store that is open. */
class LoginsTest extends Configured {

    private final Map<String, String> environment = new HashMap<>();

    private static String url(String login) {
        return "postgres://" + login + "@db/tasks";
    }

    private static Server server(String login) {
        return PostgresConfig.at(url(login)).server();
    }

    private Logins logins(String login) {
        return new Logins(
                () -> new ConfigReader(environment, folder).find(Map.of()), server(login));
    }

    @Test
    void another_password_in_the_settings_is_given_until_they_name_none() {
        environment.put("ROCKET_DATABASE_URL", url("me:first"));
        Logins logins = logins("me:first");
        assertEquals(List.of(server("me:first")), logins.get());
        environment.put("ROCKET_DATABASE_URL", url("me:second"));
        assertEquals(List.of(server("me:second")), logins.get());
        for (String unusable : List.of("", "postgres://", "postgres://me:word@elsewhere/tasks")) {
            environment.put("ROCKET_DATABASE_URL", unusable);
            assertEquals(List.of(server("me:second")), logins.get(), unusable);
        }
    }

    @Test
    void a_store_that_was_moved_follows_the_target_and_the_next_settings() {
        Logins logins = logins("me:first");
        assertEquals(List.of(server("me:first")), logins.get());
        environment.put("ROCKET_TARGET_URL", url("me:second"));
        assertEquals(List.of(server("me:second")), logins.get());
        environment.put("ROCKET_DATABASE_URL", url("me:third"));
        assertEquals(List.of(server("me:third"), server("me:second")), logins.get());
    }

    @Test
    void a_login_that_the_settings_contradict_stays_as_it_is() {
        environment.put("ROCKET_DATABASE_URL", url("me:first"));
        Logins logins = logins("guest:word");
        environment.put("ROCKET_DATABASE_URL", url("me:second"));
        assertEquals(List.of(server("guest:word")), logins.get());
    }
}
