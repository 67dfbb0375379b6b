package dev.rocket.bootstrap.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
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
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy is judged by what a client meets; the server alone is a perfect one. */
class ProxyCheckTest {

    private static final String TOKEN = "a-token-for-tests-that-nobody-else-uses";

    @TempDir private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    private Server serve() {
        environment.put("PORT", "0");
        environment.put("ROCKET_DB_PATH", folder.resolve("rocket.db").toString());
        environment.put("ROCKET_ADMIN_TOKEN", TOKEN);
        Config config = Config.of(new ConfigReader(environment, folder).find(Map.of()));
        return Wiring.server(config, Rehearsal.stage());
    }

    private static List<Finding> check(int port, String token) {
        URI base = URI.create("http://127.0.0.1:" + port + "/");
        return new Diagnose(new ProxyCheck(base, token).checks()).run(false, one -> {});
    }

    private static List<Verdict> verdicts(List<Finding> findings) {
        return findings.stream().map(Finding::verdict).toList();
    }

    @Test
    void a_way_that_changes_nothing_passes_all_but_encryption() {
        Server server = serve();
        try {
            List<Finding> findings = check(server.port(), TOKEN);
            assertEquals(Verdict.WARNING, findings.get(0).verdict());
            assertEquals(
                    List.of(Verdict.OK, Verdict.OK, Verdict.OK, Verdict.OK, Verdict.OK),
                    verdicts(findings.subList(1, findings.size())),
                    findings.toString());
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_client_that_may_choose_its_address_is_found() {
        environment.put("ROCKET_TRUSTED_PROXIES", "127.0.0.1");
        Server server = serve();
        try {
            List<Finding> findings = check(server.port(), "");
            List<Finding> addresses =
                    findings.stream().filter(one -> one.check().equals("address")).toList();
            assertEquals(List.of(Verdict.FAILED, Verdict.FAILED), verdicts(addresses));
            Finding upgrade = findings.get(1);
            assertEquals("set ROCKET_TOKEN", upgrade.remedy());
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
    }

    /** It answers health checks, but upgrades nothing and takes no large body. */
    @Test
    void a_proxy_that_does_none_of_it_is_told_with_what_to_set() throws IOException {
        HttpServer proxy =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext(
                "/",
                exchange -> {
                    boolean health = exchange.getRequestURI().getPath().equals("/healthz");
                    String body = health ? "{\"status\":\"up\"}" : "<html>too large</html>";
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().set("Content-Type", "text/html");
                    exchange.sendResponseHeaders(health ? 200 : 413, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        proxy.start();
        try {
            List<Finding> findings = check(proxy.getAddress().getPort(), TOKEN);
            List<String> remedies =
                    findings.stream()
                            .filter(one -> one.verdict() == Verdict.FAILED)
                            .map(Finding::remedy)
                            .toList();
            assertEquals(3, remedies.size(), findings.toString());
            assertTrue(remedies.get(0).contains("proxy_http_version 1.1"), remedies.get(0));
            assertTrue(remedies.get(1).contains("client_max_body_size"), remedies.get(1));
            assertTrue(remedies.get(2).contains("proxy_buffering off"), remedies.get(2));
        } finally {
            proxy.stop(0);
        }
    }
}
