package dev.rocket.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RateLimiter limiter = new RateLimiter(2, Duration.ofMinutes(1), now::get);

    private RateLimiter.Left take(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return limiter.take(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void a_window_is_counted_down_and_ends() {
        assertEquals(new RateLimiter.Left(1, 60, false), take(192, 0, 2, 1));
        now.set(Instant.EPOCH.plusMillis(59_001));
        assertEquals(new RateLimiter.Left(0, 1, false), take(192, 0, 2, 1));
        assertTrue(take(192, 0, 2, 1).isOver());
        assertFalse(take(192, 0, 2, 2).isOver());
        now.set(Instant.EPOCH.plusSeconds(60));
        assertEquals(new RateLimiter.Left(1, 60, false), take(192, 0, 2, 1));
    }

    @Test
    void a_clock_that_goes_back_begins_anew() {
        take(192, 0, 2, 1);
        take(192, 0, 2, 1);
        now.set(Instant.EPOCH.minus(Duration.ofDays(1)));
        assertEquals(new RateLimiter.Left(1, 60, false), take(192, 0, 2, 1));
    }

    @Test
    void a_flood_of_addresses_is_forgotten_in_part() {
        for (int i = 0; i < 2 * RateLimiter.CLIENTS; i++) {
            assertFalse(take(10, i >> 16, i >> 8, i).isOver());
        }
        assertTrue(limiter.size() <= RateLimiter.CLIENTS);
    }
}
