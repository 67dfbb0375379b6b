package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "ROCKET_PORT, PORT",
        "ROCKET_PROT, PORT",
        "rocket_host, ROCKET_HOST",
        "ROCKET_DATABASEURL, ROCKET_DATABASE_URL",
        "ROCKET_DBPATH, ROCKET_DB_PATH",
        "ROCKET_RATELIMIT, ROCKET_RATE_LIMIT",
        "ROCKET_TRUSTED_PROXY, ROCKET_TRUSTED_PROXIES",
        "ROCKET_LOGLEVEL, ROCKET_LOG_LEVEL",
        "ROCKET_QUEU, ROCKET_QUEUE",
        "ROCKET_ADMINTOKEN, ROCKET_ADMIN_TOKEN",
        "ROCKET_MAX_BODY_SIZE, ROCKET_MAX_BODY"
    })
    void a_mistyped_name_leads_to_the_one_that_was_meant(String typed, String meant) {
        assertEquals(meant, Nearest.to(typed));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void a_right_name_is_its_own_nearest(Setting setting) {
        assertEquals(setting.key(), Nearest.to(setting.key()));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void one_letter_too_many_never_leads_elsewhere(Setting setting) {
        String key = setting.key();
        int first = key.startsWith("ROCKET_") ? "ROCKET_".length() : 0;
        for (int at = first; at <= key.length(); at++) {
            for (char letter = 'A'; letter <= 'Z'; letter++) {
                String typed = key.substring(0, at) + letter + key.substring(at);
                assertEquals(key, Nearest.to(typed), typed);
            }
        }
    }
}
