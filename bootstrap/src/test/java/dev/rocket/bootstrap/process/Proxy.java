package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real proxy with the configuration that comes with Rocket, on a free port and HTTPS. */
final class Proxy implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final String PASSWORD = "not-secret";

    /** Which program. */
    enum Kind {
        CADDY,
        NGINX
    }

    private final Path folder;
    private final Process process;
    private final URI url;
    private final Path authority;

    private Proxy(Path folder, Process process, int port, Path authority) {
        this.folder = folder;
        this.process = process;
        this.url = URI.create("https://localhost:" + port);
        this.authority = authority;
    }

    /** Starts one before a port of Rocket's, and waits until it answers. */
    static Proxy start(Kind kind, Path folder, int upstream) throws Exception {
        return start(kind, folder, upstream, List.of());
    }

    /** The same with nginx, whose configuration lacks these. */
    static Proxy without(List<String> words, Path folder, int upstream) throws Exception {
        return start(Kind.NGINX, folder, upstream, words);
    }

    private static Proxy start(Kind kind, Path folder, int upstream, List<String> missing)
            throws Exception {
        int port = DeployFiles.freePort();
        ProcessBuilder builder = new ProcessBuilder(command(kind, folder, port, upstream));
        for (String words : missing) {
            Path file = folder.resolve("site.conf");
            DeployFiles.write(file, Files.readString(file).replace(words, ""));
        }
        builder.environment().putAll(environment(folder, port, upstream));
        Path log = folder.resolve("proxy.log");
        builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        Path authority =
                kind == Kind.NGINX
                        ? folder.resolve("certificate.pem")
                        : folder.resolve("caddy/pki/authorities/local/root.crt");
        Proxy proxy = new Proxy(folder, process, port, authority);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!proxy.answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                proxy.close();
                throw new IOException("no proxy came up: " + Files.readString(log));
            }
            Thread.onSpinWait();
        }
        return proxy;
    }

    /** Whether it answers, with its certificate. */
    private boolean answers() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/healthz")).build();
        try {
            HttpClient client = HttpClient.newBuilder().sslContext(trust()).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets the program judge the configuration. */
    static Distribution.Result check(Kind kind, Path folder) throws Exception {
        List<String> start = new java.util.ArrayList<>(command(kind, folder, 1, 2));
        if (kind == Kind.NGINX) {
            start.add("-t");
        } else {
            start.set(1, "validate");
        }
        return DeployFiles.run(folder, environment(folder, 1, 2), start);
    }

    private static Map<String, String> environment(Path folder, int port, int upstream) {
        return Map.of(
                "HOME", folder.toString(),
                "XDG_DATA_HOME", folder.toString(),
                "XDG_CONFIG_HOME", folder.toString(),
                "SITE", "https://localhost:" + port,
                "UPSTREAM", "127.0.0.1:" + upstream);
    }

    private static List<String> command(Kind kind, Path folder, int port, int upstream)
            throws Exception {
        return switch (kind) {
            case CADDY -> caddy(folder);
            case NGINX -> nginx(folder, port, upstream);
        };
    }

    /** The file as it is; before it, what keeps Caddy's hands off this machine. */
    private static List<String> caddy(Path folder) throws IOException {
        Programs.need("caddy", "caddy");
        String guard = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n";
        String text = guard + DeployFiles.text("proxy/Caddyfile");
        Path file = DeployFiles.write(folder.resolve("Caddyfile"), text);
        return List.of("caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    /** The file with other ports, names and paths, inside the frame that Debian's nginx has. */
    private static List<String> nginx(Path folder, int port, int upstream) throws Exception {
        Programs.need("nginx", "nginx-light");
        certify(folder);
        String site =
                DeployFiles.text("proxy/nginx.conf")
                        .replace("127.0.0.1:9000", "127.0.0.1:" + upstream)
                        .replace("listen 443 ", "listen 127.0.0.1:" + port + " ")
                        .replace("listen 80;", "listen 127.0.0.1:" + DeployFiles.freePort() + ";")
                        .replace("tasks.example.org", "localhost")
                        .replace("/etc/ssl/rocket/fullchain.pem", folder + "/certificate.pem")
                        .replace("/etc/ssl/rocket/privkey.pem", folder + "/key.pem");
        StringBuilder paths = new StringBuilder();
        for (String name : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append(name).append("_temp_path ").append(folder).append("/tmp;\n");
        }
        String frame =
                "daemon off;\nuser root;\nworker_processes 1;\npid nginx.pid;\n"
                        + "error_log stderr;\nevents { }\nhttp {\naccess_log off;\n"
                        + paths
                        + "include site.conf;\n}\n";
        DeployFiles.write(folder.resolve("site.conf"), site);
        Path file = DeployFiles.write(folder.resolve("nginx.conf"), frame);
        return List.of("nginx", "-p", folder.toString(), "-c", file.toString(), "-e", "stderr");
    }

    private static void certify(Path folder) throws Exception {
        Programs.need("openssl", "openssl");
        List<String> words =
                List.of(
                        ("openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=localhost"
                                        + " -addext subjectAltName=DNS:localhost"
                                        + " -keyout key.pem -out certificate.pem")
                                .split(" "));
        Distribution.Result made = DeployFiles.run(folder, Map.of(), words);
        if (made.exit() != 0) {
            throw new IOException(made.err());
        }
    }

    /** Where clients reach it. */
    URI url() {
        return url;
    }

    private KeyStore store() throws Exception {
        try (InputStream in = Files.newInputStream(authority)) {
            Certificate root = CertificateFactory.getInstance("X.509").generateCertificate(in);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD.toCharArray());
            store.setCertificateEntry("local", root);
            return store;
        }
    }

    /** Trust in its certificate. */
    SSLContext trust() throws Exception {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The environment of a round trip through it: a token, and trust in its certificate. */
    Map<String, String> smoke() throws Exception {
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store().store(out, PASSWORD.toCharArray());
        }
        return Map.of(
                "ROCKET_TOKEN",
                RunningRocket.TOKEN,
                "ROCKET_JAVA_OPTS",
                "-Djavax.net.ssl.trustStore="
                        + file
                        + " -Djavax.net.ssl.trustStorePassword="
                        + PASSWORD);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
