package dev.rocket.bootstrap.doctor;

import dev.rocket.core.operation.Diagnose.Check;
import dev.rocket.core.operation.Diagnose.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A proxy before a server, tested as a client meets it.
 *
 * <p>Nothing is written: bodies are such that the server refuses them. The quota of this machine's
 * address pays for a handful of requests.
 */
public final class ProxyCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Longer than the server is silent on a stream, which is 15 seconds. */
    private static final Duration BEAT = Duration.ofSeconds(20);

    private static final Duration CERTIFICATE_LEFT = Duration.ofDays(14);
    private static final int BODY_BYTES = 3 << 19;
    private static final Pattern REMAINING = Pattern.compile("r=(\\d+)");

    private final URI base;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * Tests what is at an address.
     *
     * @param token shown to the server; empty for none
     */
    public ProxyCheck(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** The checks, in order. */
    public List<Check> checks() {
        return List.of(
                check("tls", this::tls),
                check("upgrade", this::upgrade),
                check("address", () -> address("X-Forwarded-For", "")),
                check("address", () -> address("Forwarded", "for=")),
                check("bodies", this::bodies),
                check("events", this::events));
    }

    private interface Look {
        Finding at() throws IOException, InterruptedException;
    }

    private Check check(String name, Look look) {
        return new Check(
                name,
                () -> {
                    try {
                        return List.of(look.at());
                    } catch (IOException e) {
                        return List.of(Finding.failed(name, e.toString(), "curl -v " + base));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        String again = "rocket doctor --proxy " + base;
                        return List.of(Finding.failed(name, "interrupted", again));
                    }
                });
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Finding tls() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(to("healthz"));
        if (answer.statusCode() != 200 || !answer.body().contains("\"status\":\"up\"")) {
            String what = base + "healthz was answered " + answer.statusCode();
            return Finding.failed("tls", what + ", not by Rocket", "point the proxy at Rocket");
        }
        if (answer.sslSession().isEmpty()) {
            return Finding.warning("tls", base + " is not encrypted", "give the https address");
        }
        SSLSession session = answer.sslSession().get();
        Duration left = Duration.between(Instant.now(), expiry(session));
        String what = session.getProtocol() + ", certificate for " + left.toDays() + " more days";
        return left.compareTo(CERTIFICATE_LEFT) < 0
                ? Finding.warning("tls", what, "renew the certificate")
                : Finding.ok("tls", what);
    }

    private static Instant expiry(SSLSession session) throws SSLPeerUnverifiedException {
        Instant first = Instant.MAX;
        for (Certificate certificate : session.getPeerCertificates()) {
            Instant until =
                    certificate instanceof X509Certificate x
                            ? x.getNotAfter().toInstant()
                            : Instant.MAX;
            first = until.isBefore(first) ? until : first;
        }
        return first;
    }

    private Finding upgrade() throws InterruptedException {
        if (token.isEmpty()) {
            return needsToken("upgrade");
        }
        URI live = URI.create(base.resolve("v1/live").toString().replaceFirst("^http", "ws"));
        try {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .connectTimeout(PATIENCE)
                            .header("Authorization", "Bearer " + token)
                            .buildAsync(live, new WebSocket.Listener() {})
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            socket.abort();
            return Finding.ok("upgrade", "a WebSocket opened");
        } catch (ExecutionException | TimeoutException e) {
            String how =
                    e.getCause() instanceof WebSocketHandshakeException no
                            ? "was answered " + no.getResponse().statusCode()
                            : "failed: " + e;
            return Finding.failed(
                    "upgrade",
                    "the upgrade to a WebSocket " + how,
                    "nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
                            + " proxy_set_header Connection upgrade;");
        }
    }

    private static Finding needsToken(String check) {
        return Finding.warning(check, "not tested without a token", "set ROCKET_TOKEN");
    }

    /** Two requests of one client that claims to be two: do they share a quota? */
    private Finding address(String header, String prefix) throws IOException, InterruptedException {
        OptionalInt one = remaining(header, prefix + "198.51.100.7");
        OptionalInt other = remaining(header, prefix + "203.0.113.9");
        if (one.isEmpty() || other.isEmpty()) {
            String what = "the server tells no quota, so nobody can see which address it believes";
            return Finding.warning("address", what, "set ROCKET_RATE_LIMIT");
        }
        return other.getAsInt() < one.getAsInt()
                ? Finding.ok("address", "a client cannot choose its address by " + header)
                : Finding.failed(
                        "address",
                        "a client that sends " + header + " is believed",
                        "nginx: proxy_set_header X-Forwarded-For $remote_addr;"
                                + " proxy_set_header Forwarded \"\";");
    }

    private OptionalInt remaining(String header, String value)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(to("v1/tasks?limit=1").header(header, value));
        Matcher left = REMAINING.matcher(answer.headers().firstValue("RateLimit").orElse(""));
        return left.find() ? OptionalInt.of(Integer.parseInt(left.group(1))) : OptionalInt.empty();
    }

    private Finding bodies() throws IOException, InterruptedException {
        String body = "{\"padding\":\"" + "x".repeat(BODY_BYTES) + "\"}";
        HttpResponse<String> answer =
                send(
                        to("v1/batch")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        String type = answer.headers().firstValue("Content-Type").orElse("");
        String what = "a batch of " + body.length() + " bytes was answered by ";
        return type.startsWith("application/problem+json")
                ? Finding.ok("bodies", what + "the server")
                : Finding.failed(
                        "bodies",
                        what + "the proxy with " + answer.statusCode(),
                        "nginx: client_max_body_size 8m;");
    }

    private Finding events() throws IOException, InterruptedException {
        if (token.isEmpty()) {
            return needsToken("events");
        }
        HttpRequest request = to("v1/changes").header("Accept", "text/event-stream").build();
        long began = System.nanoTime();
        HttpResponse<InputStream> answer =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        Thread bell = Thread.ofVirtual().start(() -> closeLater(answer.body()));
        try (InputStream in = answer.body()) {
            boolean came = in.read() >= 0;
            long millis = (System.nanoTime() - began) / 1_000_000;
            return came && answer.statusCode() == 200
                    ? Finding.ok("events", "the first sign of life came after " + millis + " ms")
                    : heldBack("the stream was answered " + answer.statusCode());
        } catch (IOException e) {
            return heldBack("no sign of life came in " + BEAT.toSeconds() + " s");
        } finally {
            bell.interrupt();
        }
    }

    private static Finding heldBack(String what) {
        return Finding.failed("events", what, "nginx: proxy_buffering off;");
    }

    private static void closeLater(InputStream in) {
        try {
            Thread.sleep(BEAT);
            in.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("a stream that cannot be closed", e);
        }
    }
}
