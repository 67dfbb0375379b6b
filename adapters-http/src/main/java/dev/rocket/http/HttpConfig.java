package dev.rocket.http;

import dev.rocket.http.guard.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the HTTP adapter goes by.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param production whether what is convenient but unsafe is refused
 * @param auth whether tokens are asked for
 * @param rateLimit the quota of each client address; empty for none
 * @param trustedProxies blocks of addresses, such as {@code 10.0.0.0/8}, whose forwarding headers
 *     are believed
 * @param limits the bounds of one server
 * @param bench whether the empty handlers that a benchmark compares with are there
 * @param source the folder that the page's files are read from whenever they are asked for; empty
 *     for those that were built in
 */
public record HttpConfig(
        String host,
        int port,
        boolean production,
        boolean auth,
        Optional<RateLimit> rateLimit,
        List<String> trustedProxies,
        Limits limits,
        boolean bench,
        Optional<Path> source) {

    /** Copies the list; refuses what cannot be or is not safe with IllegalArgumentException. */
    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        if (!auth && production) {
            throw new IllegalArgumentException("in production every caller must prove itself");
        }
        if (production && source.isPresent()) {
            throw new IllegalArgumentException("in production the page is the one that was built");
        }
    }

    /**
     * A quota.
     *
     * @param requests how many
     * @param window in how much time; a whole number of seconds
     */
    public record RateLimit(int requests, Duration window) {

        /** Five hundred in a quarter of an hour. */
        public static final RateLimit STANDARD = new RateLimit(500, Duration.ofMinutes(15));

        /** Refuses an empty quota with IllegalArgumentException. */
        public RateLimit {
            if (requests < 1 || window.toSeconds() < 1) {
                throw new IllegalArgumentException("not a quota: " + requests + " in " + window);
            }
        }
    }

    /**
     * The bounds of one server.
     *
     * @param bodyBytes of an ordinary body
     * @param batchBytes of a batch's body
     * @param headerBytes of all headers of one request
     * @param connections open at a time
     * @param idle how long a connection may be silent
     */
    public record Limits(
            int bodyBytes, int batchBytes, int headerBytes, int connections, Duration idle) {

        /** 1 MiB, 8 MiB for batches, 16 KiB of headers, 20,000 connections. */
        public static final Limits STANDARD =
                new Limits(1 << 20, 8 << 20, 16 << 10, 20_000, Duration.ofMinutes(5));

        /** The same with another patience for silent connections. */
        public Limits withIdle(Duration silence) {
            return new Limits(bodyBytes, batchBytes, headerBytes, connections, silence);
        }
    }

    /** A server for development and tests: loopback, tokens asked for, no quota. */
    public static HttpConfig loopback(int port) {
        return new HttpConfig(
                "127.0.0.1",
                port,
                false,
                true,
                Optional.empty(),
                List.of(),
                Limits.STANDARD,
                false,
                Optional.empty());
    }

    /** Whether a text is an address or a block of them, as {@code trustedProxies} holds. */
    public static boolean isBlock(String text) {
        try {
            Cidr.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same, asking for tokens or not. */
    public HttpConfig withAuth(boolean asks) {
        return new HttpConfig(
                host, port, production, asks, rateLimit, trustedProxies, limits, bench, source);
    }

    /** The same with a quota. */
    public HttpConfig withRateLimit(Optional<RateLimit> quota) {
        return new HttpConfig(
                host, port, production, auth, quota, trustedProxies, limits, bench, source);
    }

    /** The same behind proxies. */
    public HttpConfig withTrustedProxies(List<String> blocks) {
        return new HttpConfig(
                host, port, production, auth, rateLimit, blocks, limits, bench, source);
    }

    /** The same within other bounds. */
    public HttpConfig withLimits(Limits bounds) {
        return new HttpConfig(
                host, port, production, auth, rateLimit, trustedProxies, bounds, bench, source);
    }

    /** The same with the empty handlers that a benchmark compares with, or without. */
    public HttpConfig withBench(boolean there) {
        return new HttpConfig(
                host, port, production, auth, rateLimit, trustedProxies, limits, there, source);
    }

    /** The same with the page's files from a folder. */
    public HttpConfig withSource(Path folder) {
        return new HttpConfig(
                host,
                port,
                production,
                auth,
                rateLimit,
                trustedProxies,
                limits,
                bench,
                Optional.of(folder));
    }
}
