package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd units, judged by systemd's own tool, which starts nothing. */
class UnitFilesIT {

    /** What README states, in tenths; systemd calls up to 4 good. */
    private static final int MOST_EXPOSURE = 13;

    private static final Pattern EXPOSURE =
            Pattern.compile("Overall exposure level for .*: (\\d+)\\.(\\d)");

    @TempDir Path folder;

    /** The units as they would be installed, but with this distribution's program. */
    private List<String> units(String added) throws IOException {
        String service =
                DeployFiles.text("systemd/rocket.service")
                        .replace("/opt/rocket/current", Distribution.home().toString());
        Path socket = folder.resolve("rocket.socket");
        return List.of(
                DeployFiles.write(folder.resolve("rocket.service"), service + added).toString(),
                DeployFiles.write(socket, DeployFiles.text("systemd/rocket.socket")).toString());
    }

    private Distribution.Result analyze(String verb, List<String> words)
            throws IOException, InterruptedException {
        Programs.need("systemd-analyze", "systemd");
        List<String> command = new java.util.ArrayList<>(List.of("systemd-analyze", verb));
        command.addAll(words);
        return DeployFiles.run(folder, Map.of("SYSTEMD_UNIT_PATH", folder + ":"), command);
    }

    @Test
    void the_units_are_right() throws IOException, InterruptedException {
        Distribution.Result result = analyze("verify", units(""));
        assertEquals("", result.out() + result.err());
        assertEquals(0, result.exit());
    }

    @Test
    void a_mistake_in_a_unit_is_found() throws IOException, InterruptedException {
        Distribution.Result result = analyze("verify", units("[Service]\nWatchdogSecs=1\n"));
        assertTrue(result.err().contains("WatchdogSecs"), result.err());
    }

    @Test
    void the_service_is_exposed_no_more_than_readme_says()
            throws IOException, InterruptedException {
        List<String> words = List.of("--offline=yes", "--no-pager", units("").getFirst());
        Distribution.Result result = analyze("security", words);
        Matcher exposure = EXPOSURE.matcher(result.out());
        assertTrue(exposure.find(), result.out() + result.err());
        int tenths = Integer.parseInt(exposure.group(1) + exposure.group(2));
        assertTrue(tenths <= MOST_EXPOSURE, result.out());
    }
}
