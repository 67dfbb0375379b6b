package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real server that speaks S3, as a process that ends with the test. */
final class Moto implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final Process process;
    private final URI address;

    private Moto(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one that lets anybody in. */
    static Moto start() throws IOException {
        return start(Map.of());
    }

    /** Starts one that asks who it is that asks, and knows nobody. */
    static Moto strict() throws IOException {
        return start(Map.of("INITIAL_NO_AUTH_ACTION_COUNT", "0"));
    }

    private static Moto start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return fail(
                    "moto_server is missing; get it with: pip install 'moto[server]==5.2.1'", e);
        }
        List<String> said = new ArrayList<>();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            Matcher found = ADDRESS.matcher(line);
            if (found.find()) {
                drain(lines);
                return new Moto(process, URI.create(found.group()));
            }
        }
        return fail("moto_server ended: " + said);
    }

    /** Reads what it says about each request, so that it never waits for a reader. */
    private static void drain(BufferedReader lines) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
    }

    /** Where it listens. */
    URI address() {
        return address;
    }

    /** A new bucket, reached by way of an address. */
    OffsiteConfig.Bucket bucket(URI way) {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(name));
        }
        return named(name, way);
    }

    /** A bucket of that name, there or not, reached by way of an address. */
    static OffsiteConfig.Bucket named(String name, URI way) {
        return new OffsiteConfig.Bucket(
                Optional.of(way),
                "us-east-1",
                name,
                "some/prefix/",
                true,
                Optional.of(new OffsiteConfig.Login("test", "test-secret")),
                Duration.ofSeconds(30));
    }

    /** A client of its own, for a look behind the vault. */
    S3Client client() {
        return S3Client.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
