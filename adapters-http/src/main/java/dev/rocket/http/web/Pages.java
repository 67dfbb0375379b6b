package dev.rocket.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The page's files, held in memory from the start.
 *
 * <p>They are named one by one, so no path leads to anything else. Immutable.
 */
public final class Pages {

    static final String HTML = "text/html; charset=utf-8";
    static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String IMAGE = "image/svg+xml";

    private static final int TAG_BYTES = 15;

    private final List<File> files =
            List.of(
                    file("/", "index.html", HTML),
                    file("/api", "api.html", HTML),
                    file("/style.css", "style.css", STYLE),
                    file("/tasks.css", "tasks.css", STYLE),
                    file("/api.css", "api.css", STYLE),
                    file("/favicon.svg", "favicon.svg", IMAGE),
                    script("app.js"),
                    script("dom.js"),
                    script("client.js"),
                    script("live.js"),
                    script("entry.js"),
                    script("tasks.js"),
                    script("catalog.js"),
                    script("list.js"),
                    script("row.js"),
                    script("detail.js"),
                    script("form.js"),
                    script("comments.js"),
                    script("filters.js"),
                    script("api.js"),
                    script("schema.js"),
                    script("attempt.js"));

    /** Reads every file once. */
    public Pages() {}

    /** Every file. */
    public List<File> files() {
        return files;
    }

    private static File script(String name) {
        return file("/" + name, name, SCRIPT);
    }

    private static File file(String path, String name, String mediaType) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page lacks " + name);
            }
            byte[] bytes = in.readAllBytes();
            return new File(path, name, mediaType, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the page's " + name + " cannot be read", e);
        }
    }

    /** One file as it is served. */
    public static final class File {

        private final String path;
        private final String name;
        private final String mediaType;
        private final String tag;
        private final byte[] bytes;

        File(String path, String name, String mediaType, byte[] bytes) {
            this.path = path;
            this.name = name;
            this.mediaType = mediaType;
            this.tag = tag(bytes);
            this.bytes = bytes;
        }

        private static String tag(byte[] bytes) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                byte[] head = Arrays.copyOf(digest, TAG_BYTES);
                return '"' + Base64.getUrlEncoder().encodeToString(head) + '"';
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        /** The same with other content. */
        File with(byte[] others) {
            return new File(path, name, mediaType, others);
        }

        /** What it is called among the sources. */
        String name() {
            return name;
        }

        /** Where it is served. */
        public String path() {
            return path;
        }

        /** Its media type, with the character set where it has one. */
        public String mediaType() {
            return mediaType;
        }

        /** Its entity tag in quotation marks, which changes with its content. */
        public String tag() {
            return tag;
        }

        /** Its content; shared, so to be read only. */
        public byte[] bytes() {
            return bytes;
        }

        /**
         * Whether a client holds this very content, by what it sent in {@code If-None-Match}.
         *
         * <p>Source: RFC 9110, section 13.1.2; weak tags match as strong ones do.
         */
        public boolean isHeldBy(List<String> ifNoneMatch) {
            for (String line : ifNoneMatch) {
                for (String each : line.split(",", -1)) {
                    String word = each.strip();
                    if (word.equals("*") || word.equals(tag) || word.equals("W/" + tag)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
