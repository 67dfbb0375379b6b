package dev.rocket.bootstrap.vault;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * One item on its way out of a bucket.
 *
 * <p>Where the connection breaks off the rest is asked for, as long as it is the rest of the same.
 */
final class S3Download {

    private static final int BUFFER = 1 << 16;

    private final S3Client client;
    private final S3Failures failures;
    private final GetObjectRequest request;
    private String tag = "";
    private long over;

    /** Prepares the download of what is under a key. */
    S3Download(S3Client client, S3Failures failures, String bucket, String key) {
        this.client = client;
        this.failures = failures;
        this.request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    }

    /**
     * Brings all of it into a file.
     *
     * @param tries how often it may be asked for, at most
     * @param progress hears how many bytes are over
     */
    void into(WholeFile out, int tries, LongConsumer progress) {
        for (int left = tries - 1; ; left--) {
            try (ResponseInputStream<GetObjectResponse> in = client.getObject(rest())) {
                long end = over + in.response().contentLength();
                tag = in.response().eTag();
                copy(in, out, progress);
                if (over == end) {
                    return;
                }
                throw new EOFException("it ended after " + over + " of " + end + " bytes");
            } catch (IOException e) {
                if (left == 0) {
                    throw failures.away(e);
                }
            }
        }
    }

    private GetObjectRequest rest() {
        return over == 0
                ? request
                : request.toBuilder().range("bytes=" + over + "-").ifMatch(tag).build();
    }

    private void copy(
            ResponseInputStream<GetObjectResponse> in, WholeFile out, LongConsumer progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            out.write(buffer, got);
            over += got;
            progress.accept(over);
        }
        progress.accept(over);
    }
}
