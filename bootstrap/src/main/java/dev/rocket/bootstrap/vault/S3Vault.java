package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A vault that is a bucket of a store that speaks S3.
 *
 * <p>Its client is made with the first call, since its classes are many and a server may run for
 * hours before it needs them. Each request is tried three times at most. Bodies carry their MD5
 * alone: what newer stores call checksums is not understood by many that speak S3.
 */
public final class S3Vault implements Vault, AutoCloseable {

    private static final int TRIES = 3;
    private static final int SILENCES_A_TRY = 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final OffsiteConfig.Bucket bucket;
    private final S3Failures failures;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable S3Client client;

    /** Keeps copies in that bucket. */
    public S3Vault(OffsiteConfig.Bucket bucket) {
        this.bucket = bucket;
        this.failures = new S3Failures(bucket);
    }

    @Override
    public List<Item> items(String prefix, String after) {
        ListObjectsV2Response found = failures.told(() -> list(prefix, after));
        List<Item> items = new ArrayList<>();
        for (S3Object object : found.contents()) {
            String name = object.key().substring(bucket.prefix().length());
            items.add(new Item(name, object.size(), object.lastModified()));
        }
        return items;
    }

    private ListObjectsV2Response list(String prefix, String after) {
        return client().listObjectsV2(
                        request -> {
                            request.bucket(bucket.name()).prefix(key(prefix)).maxKeys(ITEMS);
                            if (!after.isEmpty()) {
                                request.startAfter(key(after));
                            }
                        });
    }

    @Override
    public void put(String name, Path file, LongConsumer progress) {
        Sides.check(name);
        failures.telling(
                () -> new S3Upload(client(), bucket.name(), key(name), file).run(progress));
    }

    @Override
    public void fetch(String name, Path target, LongConsumer progress) {
        Sides.check(name);
        try (WholeFile out = new WholeFile(target, Sides.local(target))) {
            failures.telling(
                    () ->
                            new S3Download(client(), failures, bucket.name(), key(name))
                                    .into(out, TRIES, progress));
            out.keep();
        } catch (NoSuchKeyException e) {
            throw failures.missing(name, e);
        }
    }

    @Override
    public void delete(String name) {
        Sides.check(name);
        failures.telling(() -> delete(client(), key(name)));
    }

    /** Deletes an object, and what uploads of it left, which would be paid for. */
    private void delete(S3Client s3, String key) {
        s3.deleteObject(request -> request.bucket(bucket.name()).key(key));
        for (String upload : S3Upload.begun(s3, bucket.name(), key)) {
            s3.abortMultipartUpload(
                    request -> request.bucket(bucket.name()).key(key).uploadId(upload));
        }
    }

    private String key(String name) {
        return bucket.prefix() + name;
    }

    private S3Client client() {
        lock.lock();
        try {
            S3Client made = client == null ? make() : client;
            client = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    private S3Client make() {
        Duration silence = bucket.silence();
        Duration connect = silence.compareTo(CONNECT) < 0 ? silence : CONNECT;
        S3ClientBuilder builder =
                S3Client.builder()
                        .region(Region.of(bucket.region()))
                        .credentialsProvider(credentials())
                        .forcePathStyle(bucket.pathStyle())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(connect)
                                        .socketTimeout(silence))
                        .overrideConfiguration(
                                how ->
                                        how.apiCallAttemptTimeout(
                                                        silence.multipliedBy(SILENCES_A_TRY))
                                                .retryStrategy(
                                                        AwsRetryStrategy.standardRetryStrategy()
                                                                .toBuilder()
                                                                .maxAttempts(TRIES)
                                                                .build()));
        bucket.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private AwsCredentialsProvider credentials() {
        if (bucket.login().isPresent()) {
            OffsiteConfig.Login login = bucket.login().get();
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(login.accessKey(), login.secretKey()));
        }
        DefaultCredentialsProvider usual = DefaultCredentialsProvider.builder().build();
        try {
            usual.resolveCredentials();
            return usual;
        } catch (SdkClientException e) {
            usual.close();
            throw failures.unknown(e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (client != null) {
                client.close();
                client = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return bucket.toString();
    }
}
