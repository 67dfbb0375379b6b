package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.architecture.Machine.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script that judges a clone makes of the reports and of the build's status. */
class CiTest {

    private static final String GREEN = report("tests=\"5\" errors=\"0\" skipped=\"0\"", "0");

    private static final List<String> NEEDED =
            List.of(
                    "mvn",
                    "curl",
                    "task",
                    "todo-txt",
                    "todoman",
                    "chromium",
                    "pgbouncer",
                    "python3",
                    "openssl",
                    "systemd-analyze",
                    "caddy",
                    "nginx",
                    "promtool",
                    "npm",
                    "podman",
                    "docker-compose",
                    "runc",
                    "mmdebstrap",
                    "lintian",
                    "pm2",
                    "moto_server",
                    "podman-compose");

    @TempDir Path folder;

    private Machine machine = new Machine(Path.of(""), Map.of());

    @BeforeEach
    void a_clone_on_a_machine_with_everything_the_tests_need() throws IOException {
        machine = Machine.on(folder);
        machine.copy(".ci/run", machine.at("clone/.ci/run"));
        for (String name : NEEDED) {
            machine.script(machine.at("bin/" + name), "exit 1");
        }
    }

    /** A line of shell that writes a report as the build does. */
    private static String report(String counts, String failures) {
        String suite =
                "<testsuite version=\"3.0.2\" name=\"AnyTest\" time=\"1.5\" "
                        + counts
                        + " failures=\""
                        + failures
                        + "\" flakes=\"0\">";
        return "n=$((n + 1)); mkdir -p m/target/any-reports; printf '<?xml?>\\n"
                + suite
                + "\\n' > m/target/any-reports/TEST-$n.xml";
    }

    private Result judged(String... builds) throws IOException, InterruptedException {
        machine.script(machine.at("clone/rocket"), builds);
        return machine.run(machine.folder(), machine.at("clone/.ci/run").toString());
    }

    @Test
    void a_green_build_passes_with_its_count() throws IOException, InterruptedException {
        Result result = judged("[ \"$*\" = test ] || exit 9", GREEN, GREEN);
        assertEquals("\n10 passed, 0 failed, 0 skipped\n", result.out());
        assertEquals("", result.err());
        assertEquals(0, result.exit());
    }

    @Test
    void a_red_test_fails_with_the_builds_status() throws IOException, InterruptedException {
        String red = report("tests=\"5\" errors=\"1\" skipped=\"0\"", "2");
        Result result = judged(GREEN, red, "exit 3");
        assertEquals("\n7 passed, 3 failed, 0 skipped\n", result.out());
        assertEquals("ci: the build failed with status 3", result.line());
        assertEquals(3, result.exit());
    }

    @Test
    void a_build_that_fails_beside_green_tests_fails() throws IOException, InterruptedException {
        assertEquals(1, judged(GREEN, "exit 1").exit());
        assertTrue(judged(GREEN, "kill -9 $$").exit() != 0);
    }

    @Test
    void a_red_test_that_the_build_swallows_fails() throws IOException, InterruptedException {
        Result result = judged(report("tests=\"5\" errors=\"0\" skipped=\"0\"", "1"));
        assertEquals("ci: a test failed, though the build did not", result.line());
        assertEquals(1, result.exit());
    }

    @Test
    void a_skipped_test_counts_as_a_failure() throws IOException, InterruptedException {
        Result result = judged(GREEN, report("tests=\"5\" errors=\"0\" skipped=\"1\"", "0"));
        assertEquals("\n9 passed, 0 failed, 1 skipped\n", result.out());
        assertEquals("ci: a skipped test counts as a failure", result.line());
        assertEquals(1, result.exit());
    }

    @Test
    void a_build_without_tests_fails_whatever_older_reports_say()
            throws IOException, InterruptedException {
        Result result = judged(GREEN, "touch -d 2001-01-01 m/target/any-reports/*");
        assertEquals("ci: no test ran", result.line());
        assertEquals(1, result.exit());
    }
}
