package dev.rocket.http.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names for requests, by which answers and log lines are matched.
 *
 * <p>A client's own {@code X-Request-Id} is taken when it is 1 to {@link #MAX_CHARS} letters,
 * digits, dots, dashes or underscores.
 */
final class RequestIds {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");
    static final int MAX_CHARS = 64;

    /** From here on a number has eight digits of base 36, up to {@link #BEHIND}. */
    private static final long FIRST = 78_364_164_096L;

    private static final long BEHIND = FIRST * 36;

    private final String process;
    private final AtomicLong count = new AtomicLong();

    /** Names requests of one process. */
    RequestIds(RandomGenerator chance) {
        process = Long.toString(chance.nextLong(FIRST, BEHIND), 36) + "-";
    }

    /** The name of a request. */
    String of(Headers headers) {
        if (headers.contains(HEADER)) {
            String own = headers.get(HEADER).get();
            if (isSane(own)) {
                return own;
            }
        }
        return process + count.incrementAndGet();
    }

    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
