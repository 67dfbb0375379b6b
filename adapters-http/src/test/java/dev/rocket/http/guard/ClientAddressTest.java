package dev.rocket.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private final ClientAddress addresses =
            new ClientAddress(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")));

    private static InetAddress ip(String text) {
        return Cidr.literal(text).orElseThrow(() -> new AssertionError(text));
    }

    private String client(String peer, HeaderName name, String... values) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (String value : values) {
            headers.add(name, value);
        }
        return addresses.of(ip(peer), headers).getHostAddress();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 203.0.113.9 | 192.0.2.1",
                "10.0.0.1 | 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 198.51.100.1, 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 203.0.113.9, 10.0.0.2 | 203.0.113.9",
                "10.0.0.1 | 198.51.100.1, 203.0.113.9, 10.9.9.9, 10.0.0.2 | 203.0.113.9",
                "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.1 | 203.0.113.9, evil | 10.0.0.1",
                "10.0.0.1 | 203.0.113.9, evil, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1 | localhost | 10.0.0.1",
                "10.0.0.1 | 203.0.113.9:4711 | 203.0.113.9",
                "10.0.0.1 | 010.0.0.9.1 | 10.0.0.1",
                "10.0.0.1 | '' | 10.0.0.1",
            })
    void the_rightmost_stranger_is_the_client(String peer, String header, String client) {
        assertEquals(client, client(peer, HeaderNames.X_FORWARDED_FOR, header));
    }

    @Test
    void several_headers_are_one_list() {
        assertEquals(
                "203.0.113.9",
                client("10.0.0.1", HeaderNames.X_FORWARDED_FOR, "198.51.100.1", "203.0.113.9"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9 | 203.0.113.9",
                "for=198.51.100.1, FOR=203.0.113.9;proto=https;by=10.0.0.1 | 203.0.113.9",
                "proto=https;for=\"[2001:db8::1]:443\" | 2001:db8:0:0:0:0:0:1",
                "for=unknown | 10.0.0.1",
                "for=_hidden | 10.0.0.1",
                "by=10.0.0.9 | 10.0.0.1",
            })
    void the_standard_header_is_understood(String header, String client) {
        assertEquals(client, client("10.0.0.1", HeaderNames.FORWARDED, header));
    }

    @Test
    void blocks_hold_their_addresses() {
        assertTrue(Cidr.parse("0.0.0.0/0").holds(ip("192.0.2.1")));
        assertTrue(Cidr.parse("192.0.2.0/25").holds(ip("192.0.2.127")));
        assertFalse(Cidr.parse("192.0.2.0/25").holds(ip("192.0.2.128")));
        assertTrue(Cidr.parse("192.0.2.1").holds(ip("192.0.2.1")));
        assertFalse(Cidr.parse("::/0").holds(ip("192.0.2.1")));
        assertTrue(Cidr.parse("2001:db8::/33").holds(ip("2001:db8:7fff::1")));
        assertFalse(Cidr.parse("2001:db8::/33").holds(ip("2001:db8:8000::1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/x", "::/129", "a.b.c.d/8"})
    void what_is_no_block_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
    }
}
