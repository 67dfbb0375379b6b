package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<Setting, String> overrides = new EnumMap<>(Setting.class);

    private ConfigReader.Found found() {
        return new ConfigReader(environment, folder).find(overrides);
    }

    private ConfigReader.Value value(Setting setting) {
        ConfigReader.Found found = found();
        assertEquals(List.of(), found.problems());
        return found.values().getOrDefault(setting, new ConfigReader.Value("", ""));
    }

    private static ConfigReader.Value from(String source, String text) {
        return new ConfigReader.Value(text, source);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private String onlyProblem() {
        List<String> problems = found().problems();
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @ParameterizedTest
    @EnumSource(value = Setting.class, mode = EnumSource.Mode.EXCLUDE, names = "ENV")
    void each_place_counts_before_the_ones_below_it(Setting setting) throws IOException {
        String key = setting.key();
        environment.put("ROCKET_ENV", "staging");
        assertEquals(from("default", setting.fallback()), value(setting));
        file(".env", key + "=base");
        assertEquals(from(".env", "base"), value(setting));
        file(".env.staging", key + "=special");
        file(".env.production", key + "=elsewhere");
        assertEquals(from(".env.staging", "special"), value(setting));
        environment.put("CREDENTIALS_DIRECTORY", folder.toString());
        assertEquals(from(".env.staging", "special"), value(setting));
        file(key, "credential\n");
        assertEquals(from("systemd credential", "credential"), value(setting));
        environment.put(key + "_FILE", file("value", " named\r\n").toString());
        assertEquals(from(key + "_FILE", "named"), value(setting));
        environment.put(key, "direct");
        assertEquals(from("environment", "direct"), value(setting));
        overrides.put(setting, "typed");
        assertEquals(from("command line", "typed"), value(setting));
    }

    @Test
    void an_empty_variable_counts_as_unset() throws IOException {
        environment.put("PORT", "");
        environment.put("PORT_FILE", "");
        environment.put("CREDENTIALS_DIRECTORY", "");
        file(".env", "PORT=\nROCKET_QUEUE=''");
        assertEquals(from("default", "9000"), value(Setting.PORT));
        assertEquals(from("default", "4096"), value(Setting.QUEUE));
    }

    @Test
    void a_file_may_be_named_in_an_env_file_and_beside_it() throws IOException {
        file(".env", "ROCKET_ADMIN_TOKEN_FILE=token.txt");
        file("token.txt", "secret");
        assertEquals(from("ROCKET_ADMIN_TOKEN_FILE, .env", "secret"), value(Setting.ADMIN_TOKEN));
    }

    @Test
    void the_environment_is_chosen_from_the_strongest_place() throws IOException {
        assertEquals(from("default", "development"), value(Setting.ENV));
        file(".env", "NODE_ENV=test");
        assertEquals(from("NODE_ENV, .env", "test"), value(Setting.ENV));
        environment.put("NODE_ENV", "Production");
        assertEquals(from("NODE_ENV, environment", "production"), value(Setting.ENV));
        file(".env", "ROCKET_ENV=STAGING");
        assertEquals(from(".env", "staging"), value(Setting.ENV));
        environment.put("ROCKET_ENV_FILE", file("choice", "production").toString());
        assertEquals(from("ROCKET_ENV_FILE", "production"), value(Setting.ENV));
        file(".env.production", "PORT=1");
        assertEquals(from(".env.production", "1"), value(Setting.PORT));
    }

    @Test
    void the_environment_cannot_be_chosen_in_the_file_that_it_chooses() throws IOException {
        environment.put("ROCKET_ENV", "staging");
        file(".env.staging", "ROCKET_ENV=production");
        assertTrue(onlyProblem().startsWith(".env.staging: ROCKET_ENV chooses this file"));
        assertEquals(from("environment", "staging"), found().values().get(Setting.ENV));
    }

    @Test
    void an_environment_that_is_none_reads_no_file() throws IOException {
        Files.createDirectories(folder.resolve("below"));
        file("below/x", "PORT=1");
        environment.put("ROCKET_ENV", "/../below/x");
        assertEquals(from("default", "9000"), value(Setting.PORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROCKET_PROT", "ROCKET_PROT_FILE", "rocket_port", "ROCKET_PORT"})
    void a_name_that_is_no_setting_is_told_with_the_nearest(String name) throws IOException {
        environment.put(name, "1");
        String told = name + " is not a setting. Did you mean PORT? See: rocket config";
        assertEquals("environment: " + told, onlyProblem());
        environment.clear();
        file(".env", name + "=1");
        assertEquals(".env: " + told, onlyProblem());
    }

    @ParameterizedTest
    @CsvSource({
        "ROCKET_JAVA_OPTS, -Xmx1g",
        "ROCKET_TOKEN, x",
        "ROCKET_SERVICE_HOST, 10.0.0.7",
        "ROCKET_SERVICE_PORT_HTTP, 9000",
        "ROCKET_PORT, tcp://10.0.0.7:9000",
        "ROCKET_PORT_9000_TCP, tcp://10.0.0.7:9000",
        "ROCKET_PORT_9000_TCP_ADDR, 10.0.0.7",
        "ROCKET_STAGING_SERVICE_HOST, 10.0.0.8",
        "ROCKETS, x",
        "MY_ROCKET_X, x"
    })
    void names_of_others_are_left_alone(String name, String text) {
        environment.put(name, text);
        assertEquals(from("default", "9000"), value(Setting.PORT));
    }

    @Test
    void a_platform_may_name_the_database_and_rocket_s_own_name_is_stronger() throws IOException {
        environment.put("DATABASE_URL", "postgres://platform/tasks");
        assertEquals(
                from("DATABASE_URL, environment", "postgres://platform/tasks"),
                value(Setting.DATABASE_URL));
        environment.put("ROCKET_DATABASE_URL", "postgres://own/tasks");
        assertEquals(from("environment", "postgres://own/tasks"), value(Setting.DATABASE_URL));
        environment.clear();
        file(".env", "DATABASE_URL=postgresql://file/tasks");
        assertEquals(
                from("DATABASE_URL, .env", "postgresql://file/tasks"), value(Setting.DATABASE_URL));
    }

    @Test
    void the_store_to_compare_with_may_stand_in_a_file_and_is_not_shown() throws IOException {
        assertEquals("", Config.against(found()));
        String url = "postgres://me:hush@db/tasks";
        environment.put("ROCKET_AGAINST_URL_FILE", file("against", url + "\n").toString());
        assertEquals(url, Config.against(found()));
        assertFalse(found().shown().toString().contains("hush"));
    }

    @Test
    void a_database_of_another_kind_is_somebody_else_s() {
        environment.put("DATABASE_URL", "mysql://shop/orders");
        assertEquals(from("default", ""), value(Setting.DATABASE_URL));
    }

    @Test
    void a_file_that_cannot_be_used_is_told_without_what_it_holds() throws IOException {
        refusesFile(folder.resolve("missing"), "cannot be read; check that it is a file");
        refusesFile(folder, "cannot be read; check that it is a file");
        refusesFile(file("empty", " \n"), "is empty; write the value into it");
        refusesFile(file("long", "secret".repeat(1_000)), "is longer than 4096 bytes");
        refusesFile(file("lines", "secret\nsecret"), "holds more than one line");
        Path latin = folder.resolve("latin");
        Files.write(latin, "secret\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        refusesFile(latin, "is not UTF-8 text");
        refusesFile(Path.of("not there"), "cannot be read");
    }

    private void refusesFile(Path path, String why) {
        environment.put("ROCKET_ADMIN_TOKEN_FILE", path.toString());
        String told = onlyProblem();
        String start = "ROCKET_ADMIN_TOKEN (ROCKET_ADMIN_TOKEN_FILE): " + path + " ";
        assertTrue(told.startsWith(start + why), told);
        assertFalse(told.replace(folder.toString(), "").contains("secret"), told);
    }

    @Test
    void a_file_name_that_cannot_be_is_told() throws IOException {
        file(".env", "ROCKET_ADMIN_TOKEN_FILE=a\0b");
        assertTrue(onlyProblem().endsWith("no file can have that name."), onlyProblem());
    }

    @Test
    void secrets_are_shown_as_set_or_unset_alone() {
        assertEquals(from("default", ""), found().shown().get(Setting.ADMIN_TOKEN));
        environment.put("ROCKET_ADMIN_TOKEN", "secret");
        assertEquals(from("environment", "********"), found().shown().get(Setting.ADMIN_TOKEN));
        assertEquals(List.of(Setting.values()), List.copyOf(found().shown().keySet()));
    }
}
