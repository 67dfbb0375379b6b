package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.SecretRemedy;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Size;
import dev.rocket.core.operation.WatchSecrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever answers at the configured address, asked as a proxy or Prometheus would. */
final class RunningServer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ALIVE = "{\"status\":\"up\"}";

    private static final Pattern BUILD =
            Pattern.compile("(?m)^rocket_build_info\\{.*version=\"([^\"]*)\".*\\} 1");
    private static final Pattern SECRET =
            Pattern.compile("(?m)^rocket_secret_age_seconds\\{secret=\"([^\"]*)\"\\} (\\S+)");

    private final URI address;
    private final Answer health;
    private final Answer ready;
    private final Answer metrics;

    /** What came back; {@link #NOBODY} listens, or what came is {@link #STRANGE}. */
    private record Answer(int status, String body) {

        static final int NOBODY = 0;
        static final int STRANGE = -1;
    }

    private RunningServer(URI address) {
        this.address = address;
        health = ask("/healthz");
        ready = isRocket() ? ask("/readyz") : health;
        metrics = isRocket() ? ask("/metrics") : health;
    }

    /** Asks the configured address; takes seconds at most. */
    static RunningServer of(Config config) {
        String host = config.host();
        try {
            InetAddress bound = InetAddress.getByName(host);
            if (bound.isAnyLocalAddress()) {
                host = InetAddress.getLoopbackAddress().getHostAddress();
            }
        } catch (UnknownHostException e) {
            // The configuration was found right, so the name was known a moment ago.
            host = config.host();
        }
        String name = host.contains(":") ? "[" + host + "]" : host;
        return new RunningServer(URI.create("http://" + name + ":" + config.port()));
    }

    private Answer ask(String path) {
        if (address.getPort() == 0) {
            return new Answer(Answer.NOBODY, "");
        }
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (ConnectException e) {
            return new Answer(Answer.NOBODY, "");
        } catch (IOException e) {
            return new Answer(Answer.STRANGE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Answer.STRANGE, "interrupted");
        }
    }

    /** Its address, when it is a server of this program. */
    Optional<URI> url() {
        return isRocket() ? Optional.of(address) : Optional.empty();
    }

    private boolean isRocket() {
        return health.status() == 200 && health.body().equals(ALIVE);
    }

    private Finding readiness(String check, String well) {
        return ready.status() == 200
                ? Finding.ok(check, well)
                : Finding.failed(
                        check,
                        address + " is not ready: " + ready.body(),
                        "mend what it names; its log says more: journalctl -u rocket");
    }

    /** Who answers, whether it is ready, and whether it is of this program's version. */
    List<Finding> look(String version) {
        if (health.status() == Answer.NOBODY) {
            String what = "nobody answers at " + address;
            return List.of(Finding.warning("server", what, "rocket serve"));
        }
        if (!isRocket()) {
            String remedy = "ss -ltnp 'sport = :" + address.getPort() + "'";
            String what = "something else answers at " + address;
            return List.of(Finding.failed("server", what, remedy));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(readiness("server", address + " is ready"));
        Matcher build = BUILD.matcher(metrics.body());
        if (build.find() && !build.group(1).equals(version)) {
            String what = "it runs version " + build.group(1) + ", this is " + version;
            findings.add(Finding.warning("server", what, "restart it"));
        }
        return findings;
    }

    /** A figure of the server; empty when there is none or nobody may see it. */
    OptionalDouble figure(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " (\\S+)").matcher(metrics.body());
        return line.find()
                ? OptionalDouble.of(Double.parseDouble(line.group(1)))
                : OptionalDouble.empty();
    }

    /** What the server tells of a store that it alone may open. */
    List<Finding> lookThrough(String place) {
        if (!isRocket()) {
            String what = place + " is open in another process, which is not at " + address;
            return List.of(Finding.failed("store", what, "fuser -v '" + place + "'"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("store", place + ", open in the server"));
        findings.add(readiness("write", "the server tried one within the last second"));
        OptionalDouble log = figure("rocket_store_wal_bytes");
        OptionalDouble data = figure("rocket_store_data_bytes");
        if (log.isPresent() && data.isPresent()) {
            String what = "log " + Size.print((long) log.getAsDouble());
            String sizes = what + ", data " + Size.print((long) data.getAsDouble());
            findings.add(Finding.ok("log", sizes));
        }
        findings.addAll(secrets());
        return findings;
    }

    private List<Finding> secrets() {
        if (metrics.status() != 200) {
            String what = address + "/metrics was answered " + metrics.status();
            return List.of(Finding.warning("secrets", what, "run it on the server's machine"));
        }
        List<Finding> findings = new ArrayList<>();
        Matcher secret = SECRET.matcher(metrics.body());
        int seen = 0;
        while (secret.find()) {
            seen++;
            Duration age = Duration.ofSeconds((long) Double.parseDouble(secret.group(2)));
            if (age.compareTo(WatchSecrets.DUE) >= 0) {
                String name = secret.group(1);
                String what = name + " is " + age.toDays() + " days old";
                findings.add(Finding.warning("secrets", what, SecretRemedy.of(name)));
            }
        }
        String well = seen + " kinds of secrets, none older than ";
        return findings.isEmpty()
                ? List.of(Finding.ok("secrets", well + WatchSecrets.DUE.toDays() + " days"))
                : findings;
    }
}
