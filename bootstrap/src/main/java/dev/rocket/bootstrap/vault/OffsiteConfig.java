package dev.rocket.bootstrap.vault;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where copies are kept off-site, and what seals them.
 *
 * @param place a folder or a bucket
 * @param keys the first seals, all of them open; none leaves copies as they are
 */
public record OffsiteConfig(Place place, List<SealKey> keys) {

    /** Where copies are kept. */
    public sealed interface Place {}

    /** A folder on another disk, or mounted. */
    public record Folder(Path path) implements Place {

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A bucket of a store that speaks S3.
     *
     * @param endpoint of the store; empty for Amazon's own
     * @param region such as {@code eu-central-1}
     * @param name of the bucket
     * @param prefix before every key: empty, or with a slash at its end
     * @param pathStyle whether the bucket stands in the path, not in the host's name
     * @param login who asks; empty to go by what Amazon's tools go by
     * @param silence how long the store may say nothing
     */
    public record Bucket(
            Optional<URI> endpoint,
            String region,
            String name,
            String prefix,
            boolean pathStyle,
            Optional<Login> login,
            Duration silence)
            implements Place {

        /** The same with a login. */
        public Bucket as(String accessKey, String secretKey) {
            Optional<Login> own = Optional.of(new Login(accessKey, secretKey));
            return new Bucket(endpoint, region, name, prefix, pathStyle, own, silence);
        }

        /** The same with another patience. */
        public Bucket within(Duration other) {
            return new Bucket(endpoint, region, name, prefix, pathStyle, login, other);
        }

        /** Whether what is sent can be read on the way to another machine. */
        public boolean isPlain() {
            return endpoint.filter(uri -> uri.getScheme().equals("http"))
                    .filter(uri -> !uri.getHost().matches("localhost|127\\..*|\\[::1\\]"))
                    .isPresent();
        }

        @Override
        public String toString() {
            String at = endpoint.map(uri -> " at " + uri.getAuthority()).orElse("");
            return "s3://" + name + "/" + prefix + at;
        }
    }

    /** Who asks a bucket's store. */
    public record Login(String accessKey, String secretKey) {

        @Override
        public String toString() {
            return accessKey;
        }
    }

    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final String REGION = "us-east-1";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*([A-Za-z0-9_-][A-Za-z0-9._-]*)?");
    private static final int PREFIX_CHARS = 200;
    private static final List<String> OPTIONS = List.of("endpoint", "region", "style");

    /**
     * Reads a place.
     *
     * @param text a path, or {@code s3://bucket/prefix?endpoint=…&region=…&style=…}
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static Place place(String text) {
        if (text.toLowerCase(Locale.ROOT).startsWith("s3:")) {
            return bucket(uri(text));
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException("must be a path or begin with s3://");
        }
        return new Folder(Path.of(text));
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException with what it must be; it is not shown
     */
    public static SealKey key(String text) {
        return SealKey.parse(text);
    }

    private static Bucket bucket(URI uri) {
        String name = String.valueOf(uri.getRawAuthority());
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "must name a bucket, as in s3://bucket/prefix; a login goes into"
                            + " ROCKET_OFFSITE_ACCESS_KEY and ROCKET_OFFSITE_SECRET_KEY");
        }
        String path = String.valueOf(uri.getRawPath()).replaceFirst("^/", "");
        if (!PREFIX.matcher(path).matches() || path.length() > PREFIX_CHARS) {
            throw new IllegalArgumentException(
                    "must have a prefix of letters, digits, '.', '-', '_' and '/' behind the"
                            + " bucket, or none");
        }
        Map<String, String> options = options(uri.getRawQuery());
        Optional<URI> endpoint =
                Optional.ofNullable(options.get("endpoint")).map(OffsiteConfig::endpoint);
        String style = options.getOrDefault("style", endpoint.isPresent() ? "path" : "host");
        if (!style.equals("path") && !style.equals("host")) {
            throw new IllegalArgumentException("must have path or host as its style");
        }
        return new Bucket(
                endpoint,
                options.getOrDefault("region", REGION),
                name,
                path.isEmpty() || path.endsWith("/") ? path : path + "/",
                style.equals("path"),
                Optional.empty(),
                SILENCE);
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            String[] halves = pair.split("=", 2);
            if (halves.length < 2 || !OPTIONS.contains(halves[0])) {
                throw new IllegalArgumentException(
                        "may have endpoint=, region= and style= behind the '?' alone");
            }
            options.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return options;
    }

    private static URI endpoint(String text) {
        URI uri = uri(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "must have an endpoint such as https://s3.example.org");
        }
        return uri;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no address: " + e.getReason(), e);
        }
    }
}
