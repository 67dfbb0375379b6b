package dev.rocket.http;

import static dev.rocket.http.Frames.BINARY;
import static dev.rocket.http.Frames.CLOSE;
import static dev.rocket.http.Frames.CONTINUATION;
import static dev.rocket.http.Frames.FIN;
import static dev.rocket.http.Frames.PING;
import static dev.rocket.http.Frames.PONG;
import static dev.rocket.http.Frames.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The WebSocket stack against RFC 6455, frame by frame, through the echo route and the real one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FramesTest {

    private static final int RSV1 = 0x40;

    private final TestServer server = new TestServer(HttpConfig.loopback(0).withBench(true));

    @AfterAll
    void close() {
        server.close();
    }

    private Frames echo() {
        return Frames.open(server, "/bench/echo");
    }

    @Test
    void the_handshake_proves_that_it_was_understood() {
        try (Frames frames = echo()) {
            assertTrue(frames.status().startsWith("HTTP/1.1 101 "), frames.status());
            // Source: RFC 6455, section 1.3, which gives the answer to this key.
            assertTrue(frames.status().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), frames.status());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536})
    void messages_of_every_length_form_come_back(int length) {
        try (Frames frames = echo()) {
            for (int kind : new int[] {TEXT, BINARY}) {
                frames.send(FIN | kind, Frames.bytes(length));
                assertEquals(new Frames.Frame(FIN | kind, Frames.bytes(length)), frames.next());
            }
        }
    }

    @Test
    void fragments_come_back_whole_and_a_ping_between_them_is_answered_first() {
        try (Frames frames = echo()) {
            frames.send(TEXT, "one ")
                    .send(FIN | PING, "alive?")
                    .send(CONTINUATION, "two ")
                    .send(FIN | CONTINUATION, "three");
            assertEquals(new Frames.Frame(FIN | PONG, "alive?"), frames.next());
            assertEquals(new Frames.Frame(FIN | TEXT, "one two three"), frames.next());
        }
    }

    @Test
    void a_pong_that_nobody_asked_for_is_let_pass() {
        try (Frames frames = echo()) {
            frames.send(FIN | PONG, "here").send(FIN | TEXT, "on");
            assertEquals("on", frames.next().payload());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1011, 3000, 4999})
    void a_close_is_answered_and_the_connection_ends(int code) {
        try (Frames frames = echo()) {
            frames.send(FIN | CLOSE, Frames.closing(code, "bye"));
            Frames.Frame answer = frames.next();
            assertEquals(FIN | CLOSE, answer.head());
            assertEquals(code, answer.code());
            assertEquals(0, frames.next().head());
        }
    }

    /** What breaks the protocol, and what a server must then close with. */
    private record Breach(String what, Consumer<Frames> act, int code) {}

    private static List<Breach> breaches() {
        int protocol = 1002;
        return List.of(
                new Breach("no mask", f -> f.send(FIN | TEXT, 0, 2, "hi"), protocol),
                new Breach("a reserved bit", f -> f.send(FIN | RSV1 | TEXT, "hi"), protocol),
                new Breach("a reserved opcode", f -> f.send(FIN | 3, "hi"), protocol),
                new Breach("a reserved control opcode", f -> f.send(FIN | 11, "hi"), protocol),
                new Breach("a long ping", f -> f.send(FIN | PING, Frames.bytes(126)), protocol),
                new Breach("a split ping", f -> f.send(PING, "hi"), protocol),
                new Breach("an end of nothing", f -> f.send(FIN | CONTINUATION, "hi"), protocol),
                new Breach(
                        "text inside text",
                        f -> f.send(TEXT, "one").send(FIN | TEXT, "two"),
                        protocol),
                new Breach("a length too long", f -> f.send(FIN | TEXT, 0x80, -1, ""), protocol),
                new Breach("a close code of one byte", f -> f.send(FIN | CLOSE, "x"), protocol),
                new Breach(
                        "a close code that nobody may send",
                        f -> f.send(FIN | CLOSE, Frames.closing(1005, "")),
                        protocol),
                new Breach(
                        "a close reason that is no UTF-8",
                        f -> f.send(FIN | CLOSE, Frames.closing(1000, "\u00ff")),
                        1007),
                new Breach(
                        "a message beyond the bound",
                        f -> f.send(FIN | TEXT, 0x80, 1L << 40, ""),
                        1009));
    }

    @Test
    void who_breaks_the_protocol_is_closed_on_both_routes_and_others_stay() {
        for (String path : List.of("/bench/echo", "/v1/live")) {
            for (Breach breach : breaches()) {
                try (Frames bystander = echo();
                        Frames frames = Frames.open(server, path)) {
                    breach.act().accept(frames);
                    assertEquals(breach.code(), frames.closeCode(), path + " " + breach.what());
                    bystander.send(FIN | TEXT, "still here");
                    assertEquals("still here", bystander.next().payload());
                }
            }
        }
    }

    @Test
    void a_handshake_that_is_wrong_is_refused_with_a_problem() {
        String head =
                """
                GET /v1/live HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                """;
        String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        String version = "Sec-WebSocket-Version: 13\r\n";
        for (String wrong :
                List.of(
                        "426 " + key + "Sec-WebSocket-Version: 8\r\n",
                        "426 " + key,
                        "400 " + version,
                        "400 " + version + "Sec-WebSocket-Key: c2hvcnQ=\r\n",
                        "400 " + version + "Sec-WebSocket-Key: %%%\r\n",
                        "401 " + version + key)) {
            String answer = Wire.answer(server.port, head + wrong.substring(4) + "\r\n");
            assertEquals(Integer.parseInt(wrong.substring(0, 3)), Wire.status(answer), wrong);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
    }

    @Test
    void a_text_that_is_no_utf8_is_closed_with_1007() {
        for (String bad : List.of("\u00c3(", "\u00ed\u00a0\u0080", "\u00f8\u0088\u0080")) {
            try (Frames frames = Frames.open(server, "/v1/live")) {
                frames.send(FIN | TEXT, bad);
                assertEquals(1007, frames.closeCode());
            }
        }
    }

    @Test
    void binary_is_closed_with_1003() {
        try (Frames frames = Frames.open(server, "/v1/live")) {
            frames.send(FIN | BINARY, "hi");
            assertEquals(1003, frames.closeCode());
        }
    }

    @Test
    void a_name_beyond_ascii_survives_fragments_that_split_a_character() {
        try (Frames frames = Frames.open(server, "/v1/live")) {
            String message = Frames.utf8("{\"type\":\"unsubscribe\",\"id\":\"caf\u00e9\"}");
            int inside = message.indexOf('\u00c3') + 1;
            frames.send(TEXT, message.substring(0, inside))
                    .send(FIN | CONTINUATION, message.substring(inside));
            Frames.Frame answer = frames.next();
            assertTrue(
                    answer.payload().contains(Frames.utf8("caf\u00e9")),
                    answer.head() + " " + answer.payload());
        }
    }
}
