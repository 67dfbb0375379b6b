package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.command.Rehearsal;
import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Server;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.operation.Diagnose;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A machine with one SQLite file, which is examined. */
abstract class DoctorGround {

    @TempDir Path folder = Path.of("");

    final Map<String, String> environment = new HashMap<>();
    InstantSource clock = InstantSource.system();

    @BeforeEach
    void settings() throws IOException {
        environment.put("ROCKET_DB_PATH", file().toString());
        environment.put("ROCKET_MAX_CONNECTIONS", "100");
        environment.put("PORT", Integer.toString(freePort()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path file() {
        return folder.resolve("rocket.db");
    }

    ConfigReader.Found found() {
        return new ConfigReader(environment, folder).find(Map.of());
    }

    Server serve() {
        return Wiring.server(Config.of(found()), Rehearsal.stage());
    }

    List<Finding> examine(boolean fix) {
        Examination examination = new Examination(found(), clock, Rehearsal.stage());
        return new Diagnose(examination.checks()).run(fix, one -> {});
    }

    static List<String> bad(List<Finding> findings) {
        return findings.stream()
                .filter(one -> one.verdict() != Verdict.OK)
                .map(one -> one.check() + ": " + one.evidence())
                .toList();
    }

    void make() {
        serve().stop(Duration.ofSeconds(5));
    }
}
