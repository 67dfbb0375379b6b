package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * A server that stops finishes what it accepted.
 *
 * <p>A request is held in the middle of its write, by a store that is busy, while the server is
 * told to stop; it must be answered, and the write must be there.
 */
class DrainTest {

    @Test
    void an_accepted_request_is_finished() throws IOException, InterruptedException {
        TestServer server = TestServer.plain();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder =
                Thread.startVirtualThread(
                        () ->
                                server.store.write(
                                        tx -> {
                                            inside.countDown();
                                            return await(release);
                                        }));
        inside.await();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            String body = "{\"title\":\"last\"}";
            OutputStream out = socket.getOutputStream();
            out.write(head(server, "POST /v1/tasks", body.length()));
            out.write(body.getBytes(StandardCharsets.ISO_8859_1));
            while (server.store.probe().reading().queued() == 0) {
                Thread.onSpinWait();
            }
            Thread stopper =
                    Thread.startVirtualThread(() -> server.adapter.drain(Duration.ofSeconds(20)));
            while (accepts(server)) {
                Thread.onSpinWait();
            }
            release.countDown();
            String answer = read(socket.getInputStream());
            assertEquals(201, Wire.status(answer), answer);
            assertTrue(answer.contains("Connection: close"), answer);
            stopper.join();
        }
        holder.join();
        assertTrue(server.store.head().value() > 1);
        server.close();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static boolean accepts(TestServer server) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] head(TestServer server, String line, int length) {
        String head =
                line
                        + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                        + server.admin
                        + "\r\nContent-Length: "
                        + length
                        + "\r\n\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void idle_connections_do_not_hold_the_stop_up() throws IOException {
        TestServer server = TestServer.plain();
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            idle.getOutputStream().write(head(server, "GET /healthz", 0));
            byte[] first = new byte[12];
            assertEquals(12, idle.getInputStream().readNBytes(first, 0, 12));
            Instant began = Instant.now();
            server.adapter.drain(Duration.ofSeconds(30));
            Duration took = Duration.between(began, Instant.now());
            assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
        }
        assertThrows(UncheckedIOException.class, () -> server.get("/healthz"));
        server.adapter.drain(Duration.ofSeconds(1));
        server.close();
    }
}
