package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rocket behind the real proxies, with the configurations that come with it. */
class ProxyIT {

    private static final int QUOTA = 40;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final String TASKS = "/v1/tasks";

    @TempDir Path folder;

    private static Map<String, String> settings(String limit) {
        return Map.of(
                "ROCKET_ADMIN_TOKEN",
                RunningRocket.TOKEN,
                "ROCKET_TRUSTED_PROXIES",
                "127.0.0.1",
                "ROCKET_RATE_LIMIT",
                limit);
    }

    private static HttpClient client(Proxy proxy, String from) throws Exception {
        SSLContext trust = proxy.trust();
        return HttpClient.newBuilder()
                .sslContext(trust)
                .localAddress(InetAddress.getByName(from))
                .build();
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void a_configuration_is_found_right_by_its_own_program(Proxy.Kind kind) throws Exception {
        Distribution.Result result = Proxy.check(kind, folder);
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void requests_sockets_and_streams_get_through(Proxy.Kind kind) throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings("off"));
                Proxy proxy = Proxy.start(kind, folder, rocket.url().getPort())) {
            Api api = new Api(client(proxy, "127.0.0.1"), proxy.url());
            Follower follower = Follower.open(api, 0, 2);
            HttpResponse<Stream<String>> events = events(api);
            Iterator<String> lines = events.body().iterator();
            HttpResponse<String> created = api.send("POST", TASKS, "{\"title\":\"Go through\"}");
            assertEquals(201, created.statusCode(), created.body());
            String id = RunningRocket.member(created.body(), "id");
            follower.awaitLast();
            assertEquals(id, follower.heard().getLast().id());
            String line = lines.next();
            while (!line.contains(id)) {
                line = lines.next();
            }
            events.body().close();

            Distribution.Result smoke =
                    Distribution.run(folder, proxy.smoke(), "smoke", proxy.url().toString());
            assertEquals(0, smoke.exit(), smoke.out() + smoke.err());
            assertTrue(smoke.out().endsWith("PASS\n"), smoke.out());
        }
    }

    /** Caddy's own authority gives certificates for hours, which is the one thing to warn of. */
    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void the_doctor_finds_that_nothing_is_in_the_way(Proxy.Kind kind) throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings("500/15m"));
                Proxy proxy = Proxy.start(kind, folder, rocket.url().getPort())) {
            String url = proxy.url().toString();
            Distribution.Result doctor =
                    Distribution.run(folder, proxy.smoke(), "doctor", "--proxy", url, "--json");
            String told = doctor.out() + doctor.err();
            assertEquals(kind == Proxy.Kind.CADDY ? 3 : 0, doctor.exit(), told);
            List<Map<String, Object>> findings =
                    Api.objects(JsonTree.parse(doctor.out()), "findings");
            assertEquals(
                    List.of("tls", "upgrade", "address", "address", "bodies", "events"),
                    findings.stream().map(one -> JsonTree.text(one, "check")).toList());
            assertTrue(JsonTree.text(findings.get(0), "evidence").startsWith("TLSv1.3, "), told);
            for (Map<String, Object> finding : findings.subList(1, findings.size())) {
                assertEquals("ok", JsonTree.text(finding, "verdict"), finding.toString());
            }
        }
    }

    /** What is missing in the configuration is what each remedy says. */
    @Test
    void the_doctor_finds_what_a_line_less_in_the_configuration_breaks() throws Exception {
        List<String> lines =
                List.of(
                        "proxy_set_header Upgrade $http_upgrade;",
                        "client_max_body_size 8m;",
                        "proxy_set_header X-Forwarded-For $remote_addr;");
        try (RunningRocket rocket = RunningRocket.start(folder, settings("500/15m"));
                Proxy proxy = Proxy.without(lines, folder, rocket.url().getPort())) {
            String url = proxy.url().toString();
            Distribution.Result doctor =
                    Distribution.run(folder, proxy.smoke(), "doctor", "--proxy", url, "--json");
            assertEquals(1, doctor.exit(), doctor.out() + doctor.err());
            List<Map<String, Object>> failed =
                    Api.objects(JsonTree.parse(doctor.out()), "findings").stream()
                            .filter(one -> JsonTree.text(one, "verdict").equals("failed"))
                            .toList();
            assertEquals(
                    List.of("upgrade", "address", "address", "bodies"),
                    failed.stream().map(one -> JsonTree.text(one, "check")).toList(),
                    doctor.out());
            String remedies = failed.toString();
            lines.forEach(line -> assertTrue(remedies.contains(line), line + remedies));
        }
    }

    private static HttpResponse<Stream<String>> events(Api api) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(api.url().resolve("/v1/changes"))
                        .header("Authorization", "Bearer " + RunningRocket.TOKEN)
                        .header("Accept", "text/event-stream")
                        .timeout(Duration.ofSeconds(60))
                        .build();
        return api.client().send(request, HttpResponse.BodyHandlers.ofLines());
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void each_client_has_its_own_quota_whatever_it_claims(Proxy.Kind kind) throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings(QUOTA + "/15m"));
                Proxy proxy = Proxy.start(kind, folder, rocket.url().getPort())) {
            Api greedy = new Api(client(proxy, "127.0.0.2"), proxy.url());
            for (int i = 0; i < QUOTA; i++) {
                assertEquals(200, greedy.send("GET", TASKS, "").statusCode());
            }
            assertEquals(TOO_MANY, greedy.send("GET", TASKS, "").statusCode());
            String[] claim = {"X-Forwarded-For", "192.0.2.7"};
            assertEquals(TOO_MANY, greedy.send("GET", TASKS, "", claim).statusCode());
            Api other = new Api(client(proxy, "127.0.0.3"), proxy.url());
            assertEquals(200, other.send("GET", TASKS, "").statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void a_body_that_is_too_large_is_refused(Proxy.Kind kind) throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings("off"));
                Proxy proxy = Proxy.start(kind, folder, rocket.url().getPort())) {
            HttpClient client = client(proxy, "127.0.0.1");
            assertEquals(CONTENT_TOO_LARGE, post(client, proxy.url(), 2 << 20));
            assertEquals(CONTENT_TOO_LARGE, post(client, proxy.url(), 9 << 20));
            assertEquals(400, post(client, proxy.url(), 1 << 19));
        }
    }

    private static int post(HttpClient client, URI url, int bytes) throws Exception {
        HttpRequest large =
                HttpRequest.newBuilder(url.resolve(TASKS))
                        .header("Authorization", "Bearer " + RunningRocket.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
                        .build();
        return client.send(large, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void the_figures_are_not_shown_to_everybody(Proxy.Kind kind) throws Exception {
        try (RunningRocket rocket = RunningRocket.start(folder, settings("off"));
                Proxy proxy = Proxy.start(kind, folder, rocket.url().getPort())) {
            HttpRequest request = HttpRequest.newBuilder(proxy.url().resolve("/metrics")).build();
            HttpClient client = client(proxy, "127.0.0.1");
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(401, answer.statusCode(), answer.body());
        }
    }
}
