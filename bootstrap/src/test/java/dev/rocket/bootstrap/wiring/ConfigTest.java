package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.http.HttpConfig;
import dev.rocket.postgres.PostgresConfig;
import dev.rocket.sqlite.SqliteConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest extends Configured {

    private static final String SECRET = "a-secret-of-20-chars";

    @Test
    void a_timetable_is_understood_or_refused_with_what_is_allowed() {
        Config config = of("ROCKET_UPKEEP=sunday 04:00", "ROCKET_MAINTENANCE=off");
        assertEquals("sunday 04:00", config.maintenance().upkeep().print());
        assertFalse(config.maintenance().isByItself());
        List<String> problems = refused("ROCKET_UPKEEP=nightly");
        assertEquals(1, problems.size());
        String what = "ROCKET_UPKEEP 'nightly' (environment) must look like 'daily 03:00'";
        assertTrue(problems.get(0).startsWith(what), problems.get(0));
    }

    @Test
    void the_defaults_are_safe_and_the_ones_of_the_modules() {
        Config config = of();
        assertEquals("development", config.env());
        assertEquals("127.0.0.1", config.host());
        assertEquals(9000, config.http().port());
        assertTrue(config.asksForTokens());
        assertFalse(config.http().bench());
        assertFalse(config.http().production());
        assertEquals(Optional.of(HttpConfig.RateLimit.STANDARD), config.http().rateLimit());
        assertEquals(HttpConfig.Limits.STANDARD, config.http().limits());
        assertEquals(List.of(), config.http().trustedProxies());
        assertEquals(SqliteConfig.at(Path.of("rocket.db")), config.sqlite());
        assertEquals(Optional.empty(), config.adminToken());
        assertEquals(Duration.ofSeconds(20), config.drain());
        assertEquals(new Config.LogConfig(false, "info"), config.log());
    }

    @Test
    void every_setting_reaches_its_place() {
        Config config =
                of(
                        "PORT=0",
                        "ROCKET_HOST=0.0.0.0",
                        "ROCKET_ENV=production",
                        "ROCKET_DB_PATH=data/tasks.db",
                        "ROCKET_ADMIN_TOKEN=" + SECRET,
                        "ROCKET_RATE_LIMIT=7/2h",
                        "ROCKET_TRUSTED_PROXIES=10.0.0.0/8, ::1",
                        "ROCKET_LOG_FORMAT=json",
                        "ROCKET_LOG_LEVEL=warn",
                        "ROCKET_MAX_BODY=16MiB",
                        "ROCKET_MAX_CONNECTIONS=5",
                        "ROCKET_DRAIN_TIMEOUT=3m",
                        "ROCKET_QUEUE=6",
                        "ROCKET_GROUP_MAX=8",
                        "ROCKET_READERS=9",
                        "ROCKET_CACHE=512KiB");
        Duration idle = Duration.ofMinutes(5);
        var limits = new HttpConfig.Limits(16 << 20, 16 << 20, 16 << 10, 5, idle);
        assertEquals(
                new HttpConfig(
                        "0.0.0.0",
                        0,
                        true,
                        true,
                        Optional.of(new HttpConfig.RateLimit(7, Duration.ofHours(2))),
                        List.of("10.0.0.0/8", "::1"),
                        limits,
                        false,
                        Optional.empty()),
                config.http());
        assertEquals(
                new SqliteConfig(Path.of("data/tasks.db"), 9, 6, 8, 512, true), config.sqlite());
        assertEquals(Optional.of(SECRET), config.adminToken());
        assertEquals(Duration.ofMinutes(3), config.drain());
        assertEquals(new Config.LogConfig(true, "warn"), config.log());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT | 0, 1, 65535 | -1, 65536, x, 9e3, 99999999999",
                "ROCKET_HOST | localhost, ::1, 127.0.0.2 | [::1, 1::2::3",
                "ROCKET_ENV | test, staging, Development | prod, dev",
                "ROCKET_DB_PATH | a.db, /x/y.db | ",
                "ROCKET_DB_SCHEMA | rocket, _x9 | 9x, Rocket, a-b, a.b",
                "ROCKET_SCHEMA | apply, validate | check",
                "ROCKET_POOL | 1, 1000 | 0, 1001",
                "ROCKET_AUTH | on, off | true, ON, 1",
                "ROCKET_RATE_LIMIT | 1/1s, 500/15m, 9/24h, off | 0/1s, 5, 5/0s, 5/1d, 5/25h, /",
                "ROCKET_TRUSTED_PROXIES | 10.0.0.0/8, ::1, fd00::/8"
                        + " | proxy, 10.0.0.1/8, 1.2.3.4/33",
                "ROCKET_LOG_FORMAT | text, json | xml, JSON",
                "ROCKET_LOG_LEVEL | debug, info, warn, error | trace, warning",
                "ROCKET_MAX_BODY | 1KiB, 1024, 1024B, 64MiB | 1023, 65MiB, 1MB, 1.5MiB, -1",
                "ROCKET_MAX_CONNECTIONS | 1, 1000000 | 0, 1000001, many",
                "ROCKET_DRAIN_TIMEOUT | 1s, 90s, 5m, 1h | 0s, 20, 2h, 1500ms, -1s",
                "ROCKET_QUEUE | 1, 1000000 | 0, 1000001, 4k",
                "ROCKET_GROUP_MAX | 1, 4096 | 0, 4097",
                "ROCKET_READERS | 1, 64 | 0, 65",
                "ROCKET_CACHE | 256KiB, 1MiB, 900MiB | 255KiB, 1025MiB, 1GiB",
                "ROCKET_BENCH | off, on | yes, ON"
            })
    void what_is_allowed_is_taken_and_all_else_refused_by_name(
            String key, String good, @Nullable String bad) {
        for (String value : good.split(", ", -1)) {
            assertDoesNotThrow(() -> of(key + "=" + value), value);
        }
        for (String value : bad == null ? new String[0] : bad.split(", ", -1)) {
            List<String> problems = refused(key + "=" + value);
            assertEquals(1, problems.size(), problems.toString());
            String told = problems.get(0);
            assertTrue(told.startsWith(key + " '" + value), told);
            assertTrue(told.contains("(environment) "), told);
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void every_setting_refuses_a_blank_that_the_command_line_gives(Setting setting) {
        Map<Setting, String> overrides = new EnumMap<>(Map.of(setting, " "));
        ConfigReader.Found found = new ConfigReader(Map.of(), folder).find(overrides);
        if (setting.fallback().isEmpty()) {
            assertEquals(
                    Config.of(new ConfigReader(Map.of(), folder).find(Map.of())), Config.of(found));
        } else {
            ConfigException e = assertThrows(ConfigException.class, () -> Config.of(found));
            String told = String.valueOf(e.getMessage());
            assertTrue(told.startsWith(setting.key() + " '' (command line) "), told);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT=70000             | must be a whole number from 0 to 65535.",
                "ROCKET_LOG_FORMAT=xml  | must be one of text, json.",
                "ROCKET_MAX_BODY=1GB    | must be a size like 512KiB or 2MiB, from 1KiB to 64MiB.",
                "ROCKET_DRAIN_TIMEOUT=9 | must hold a time like 20s, 15m or 1h, from 1s to 1h.",
                "ROCKET_RATE_LIMIT=5/1d | must hold a time like 20s, 15m or 1h, from 1s to 24h.",
                "ROCKET_RATE_LIMIT=many | must look like 500/15m, or be off.",
                "ROCKET_ENV=prod        | must be one of development, test, staging, production."
            })
    void a_refusal_says_what_is_allowed(String variable, String allowed) {
        assertTrue(refused(variable).get(0).endsWith(") " + allowed), refused(variable).get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "too-short",
                "with a blank in it, but long",
                "gr\u00fcn-und-lang-genug-ist-es"
            })
    void a_secret_that_cannot_be_is_refused_and_not_shown(String secret) {
        String told = refused("ROCKET_ADMIN_TOKEN=" + secret).get(0);
        assertTrue(told.startsWith("ROCKET_ADMIN_TOKEN (environment) must have 20 to 200"), told);
        assertFalse(told.contains(secret), told);
        assertEquals(
                Optional.of("x".repeat(200)),
                of("ROCKET_ADMIN_TOKEN=" + "x".repeat(200)).adminToken());
        assertEquals(1, refused("ROCKET_ADMIN_TOKEN=" + "x".repeat(201)).size());
    }

    @Test
    void an_address_of_postgres_names_the_store() {
        Config config =
                of(
                        "ROCKET_DATABASE_URL=postgres://me:se%40cret@db:6432/tasks?sslmode=require",
                        "ROCKET_DB_SCHEMA=team",
                        "ROCKET_SCHEMA=validate",
                        "ROCKET_POOL=10",
                        "ROCKET_QUEUE=6");
        PostgresConfig postgres = config.postgres().orElseThrow();
        assertEquals(
                new PostgresConfig.Server(
                        "jdbc:postgresql://db:6432/tasks?sslmode=require",
                        Optional.of("me"),
                        Optional.of("se@cret")),
                postgres.server());
        assertEquals("team", postgres.schema());
        assertTrue(postgres.validate());
        assertEquals(10, postgres.writers());
        assertEquals(5, postgres.readers());
        assertEquals(6, postgres.queueCapacity());
        assertEquals(Optional.empty(), config.file());
        assertEquals("postgresql://db:6432/tasks as me, schema team", config.place());
        assertFalse(config.toString().contains("cret"), config.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:secret@db/tasks",
                "postgres://me:secret@db",
                "postgres:///secret",
                "postgres://me:secret%@db/tasks",
                "db.example.org/secret"
            })
    void an_address_that_cannot_be_is_refused_and_not_shown(String url) {
        List<String> told = refused("ROCKET_DATABASE_URL=" + url);
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.get(0).startsWith("ROCKET_DATABASE_URL (environment) "), told.get(0));
        assertFalse(told.get(0).contains("secret"), told.get(0));
    }

    @Test
    void two_stores_at_once_are_refused_with_what_to_unset() {
        String url = "postgres://me:secret@db/tasks";
        for (String name : List.of("ROCKET_DATABASE_URL", "DATABASE_URL")) {
            String told = refused(name + "=" + url, "ROCKET_DB_PATH=tasks.db").get(0);
            assertTrue(told.contains("unset ROCKET_DB_PATH to use Postgres"), told);
            assertFalse(told.contains("secret"), told);
        }
    }

    @Test
    void the_command_line_names_a_store_whatever_else_does() {
        Map<String, String> environment = Map.of("ROCKET_DB_PATH", "tasks.db");
        Map<Setting, String> overrides = Map.of(Setting.DATABASE_URL, "postgres://db/tasks");
        ConfigReader.Found found = new ConfigReader(environment, folder).find(overrides);
        assertTrue(Config.of(found).postgres().isPresent());
    }

    @Test
    void every_problem_is_told_at_once() {
        List<String> problems =
                refused("PORT=x", "ROCKET_QUEUE=0", "ROCKET_LOG_FORMAT=xml", "ROCKET_PROT=1");
        assertEquals(4, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("ROCKET_PROT is not a setting"), problems.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ROCKET_AUTH, ROCKET_AUTH=off, ROCKET_ENV=production",
        "ROCKET_AUTH, ROCKET_AUTH=off, ROCKET_HOST=0.0.0.0",
        "ROCKET_AUTH, ROCKET_AUTH=off, ROCKET_HOST=192.0.2.1",
        "ROCKET_BENCH, ROCKET_BENCH=on, ROCKET_ENV=production",
        "ROCKET_BENCH, ROCKET_BENCH=on, ROCKET_HOST=::",
        "ROCKET_HOST, ROCKET_HOST=0.0.0.0, ROCKET_ENV=production"
    })
    void what_is_unsafe_together_is_refused_and_by_itself_allowed(
            String blamed, String one, String other) {
        List<String> problems = refused(one, other);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith(blamed + " '"), problems.toString());
        assertEquals(9000, of(one).http().port());
        assertEquals(9000, of(other).http().port());
    }

    @Test
    void the_plain_store_is_for_schemas_of_the_benchmark_alone() {
        String url = "ROCKET_DATABASE_URL=postgres://me@localhost/tasks";
        for (String[] settings :
                new String[][] {
                    {"ROCKET_BENCH=plain"},
                    {"ROCKET_BENCH=plain", url},
                    {"ROCKET_BENCH=plain", url, "ROCKET_DB_SCHEMA=rocket_bench_mine"},
                    {"ROCKET_BENCH=plain", "ROCKET_DB_SCHEMA=rocket_bench_0123456789abcdef"},
                }) {
            List<String> problems = refused(settings);
            assertEquals(1, problems.size(), problems.toString());
            assertTrue(problems.get(0).contains("rocket bench --postgres"), problems.toString());
        }
        String own = "ROCKET_DB_SCHEMA=rocket_bench_0123456789abcdef";
        assertTrue(of("ROCKET_BENCH=plain", url, own).plain());
        assertFalse(of("ROCKET_BENCH=on", url, own).plain());
    }

    @Test
    void beyond_loopback_production_wants_its_proxy_declared() {
        String told = refused("ROCKET_HOST=0.0.0.0", "ROCKET_ENV=production").get(0);
        assertTrue(told.contains("set ROCKET_TRUSTED_PROXIES"), told);
        String[] declared = {
            "ROCKET_HOST=0.0.0.0", "ROCKET_ENV=production", "ROCKET_TRUSTED_PROXIES=10.0.0.1"
        };
        assertTrue(of(declared).http().production());
        assertEquals("0.0.0.0", of("ROCKET_HOST=0.0.0.0", "ROCKET_ENV=staging").host());
    }
}
