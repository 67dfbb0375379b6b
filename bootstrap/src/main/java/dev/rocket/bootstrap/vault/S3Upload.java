package dev.rocket.bootstrap.vault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * One file on its way into a bucket.
 *
 * <p>A small one goes in one request. A larger one goes in parts, each with its MD5, which a store
 * compares before it takes the part; an upload under the same key that was interrupted is taken up,
 * and a part that is there already with the same MD5 is not sent again. The parts are named by
 * their tags in the end, so that of two uploads that mix one fails and nothing mixed appears.
 */
final class S3Upload {

    /** A file of that many bytes or fewer goes in one request; the size of most parts. */
    static final long PART = 8 << 20;

    private static final long MOST_PARTS = 10_000;
    private static final int BUFFER = 1 << 16;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final Path file;
    private final long size;

    /** Prepares the upload of a file under a key. */
    S3Upload(S3Client client, String bucket, String key, Path file) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.file = file;
        this.size = Sides.size(file);
    }

    /** Sends it, and tells how many bytes are over. */
    void run(LongConsumer progress) {
        if (size <= PART) {
            String md5 = Base64.getEncoder().encodeToString(md5(0, size));
            client.putObject(
                    request -> request.bucket(bucket).key(key).contentMD5(md5), body(0, size));
            progress.accept(size);
            return;
        }
        Optional<String> begun = begun(client, bucket, key).stream().findFirst();
        String upload = begun.orElseGet(this::begin);
        Map<Integer, Part> there = begun.isPresent() ? parts(upload) : Map.of();
        List<CompletedPart> sent = new ArrayList<>();
        long part = Math.max(PART, (size + MOST_PARTS - 1) / MOST_PARTS);
        for (long at = 0; at < size; at += part) {
            int number = sent.size() + 1;
            long bytes = Math.min(part, size - at);
            Optional<Part> same = Optional.ofNullable(there.get(number));
            String tag = tag(upload, number, new Stretch(at, bytes), same);
            sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            progress.accept(at + bytes);
        }
        client.completeMultipartUpload(
                request ->
                        request.bucket(bucket)
                                .key(key)
                                .uploadId(upload)
                                .multipartUpload(all -> all.parts(sent)));
    }

    /** A part of the file. */
    private record Stretch(long at, long bytes) {}

    /** The tag of a part, which is sent unless it is there already. */
    private String tag(String upload, int number, Stretch part, Optional<Part> there) {
        byte[] md5 = md5(part.at(), part.bytes());
        String tag = "\"" + HexFormat.of().formatHex(md5) + "\"";
        if (there.filter(one -> one.size() == part.bytes() && one.eTag().equals(tag)).isPresent()) {
            return tag;
        }
        return client.uploadPart(
                        request ->
                                request.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .contentMD5(Base64.getEncoder().encodeToString(md5)),
                        body(part.at(), part.bytes()))
                .eTag();
    }

    private String begin() {
        return client.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    }

    /** The uploads under a key that nobody finished, the newest first; the first few. */
    static List<String> begun(S3Client client, String bucket, String key) {
        return client
                .listMultipartUploads(request -> request.bucket(bucket).prefix(key))
                .uploads()
                .stream()
                .filter(upload -> upload.key().equals(key))
                .sorted((one, other) -> other.initiated().compareTo(one.initiated()))
                .map(MultipartUpload::uploadId)
                .toList();
    }

    private Map<Integer, Part> parts(String upload) {
        Map<Integer, Part> parts = new HashMap<>();
        client.listPartsPaginator(request -> request.bucket(bucket).key(key).uploadId(upload))
                .parts()
                .forEach(part -> parts.put(part.partNumber(), part));
        return parts;
    }

    private RequestBody body(long at, long bytes) {
        // Opened again whenever the request is repeated.
        return RequestBody.fromContentProvider(
                () -> open(at, bytes), bytes, "application/octet-stream");
    }

    private InputStream open(long at, long bytes) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(at);
            return new Head(Channels.newInputStream(channel), bytes);
        } catch (IOException e) {
            throw Sides.local(file).apply(e);
        }
    }

    private byte[] md5(long at, long bytes) {
        try (InputStream in = open(at, bytes)) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[BUFFER];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                md5.update(buffer, 0, got);
            }
            return md5.digest();
        } catch (IOException e) {
            throw Sides.local(file).apply(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** The next bytes of a stream, as many as were asked for. */
    private static final class Head extends FilterInputStream {

        private long left;

        Head(InputStream in, long bytes) {
            super(in);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(got, 0);
            return got;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
