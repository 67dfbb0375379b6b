package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Changes made on one server at a fixed rate, and heard by a socket on another.
 *
 * <p>Each change is due at its time whether those before it were answered or not, and its time
 * counts from then until the socket has the message, by one clock. So the time holds the request,
 * the write and its commit too; from the commit on it is shorter.
 */
final class Relay {

    private static final Pattern NUMBER = Pattern.compile("\"title\":\"relay (\\d+)\"");
    private static final int PATIENCE_SECONDS = 30;

    private final Target from;
    private final Target to;
    private final Workloads work;

    /** Retitles the tasks of {@code work} on one server and listens on the other. */
    Relay(Target from, Target to, Workloads work) {
        this.from = from;
        this.to = to;
        this.work = work;
    }

    /**
     * The times in nanoseconds; half as many changes again go before, and do not count.
     *
     * @throws IOException when a change is refused or is not heard within half a minute
     */
    Histogram run(int perSecond, int seconds) throws IOException {
        int ahead = perSecond * seconds / 2;
        int changes = ahead + perSecond * seconds;
        Ear ear = new Ear(changes);
        long[] due = new long[changes];
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        try {
            listen(client, ear);
            long start = System.nanoTime();
            for (int i = 0; i < changes; i++) {
                due[i] = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
                LockSupport.parkNanos(due[i] - System.nanoTime());
                answers.add(send(client, i));
            }
            CompletableFuture<?>[] all = answers.toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            ear.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while changes were under way", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a change was not answered well: " + e.getMessage(), e);
        } finally {
            // An orderly close would wait for the socket, which nobody ends.
            client.shutdownNow();
        }
        Histogram times = new Histogram(3);
        for (int i = ahead; i < changes; i++) {
            times.recordValue(ear.heard(i) - due[i]);
        }
        return times;
    }

    private void listen(HttpClient client, Ear ear) throws IOException, InterruptedException {
        WebSocket socket =
                client.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + to.token())
                        .buildAsync(
                                URI.create(to.uri("/v1/live").toString().replace("http", "ws")),
                                ear)
                        .join();
        socket.sendText("{\"type\":\"subscribe\",\"id\":\"relay\"}", true).join();
        ear.awaitSubscribed();
    }

    private CompletableFuture<Void> send(HttpClient client, int number) {
        String body = "{\"title\":\"relay " + number + "\"}";
        HttpRequest request =
                HttpRequest.newBuilder(from.uri(work.path()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + from.token())
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenAccept(Relay::check);
    }

    private static void check(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("a change was answered " + answer.body());
        }
    }

    /** Hears changes, and when. */
    private static final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private final AtomicLongArray times;
        private final CountDownLatch missing;
        private final CountDownLatch subscribed = new CountDownLatch(1);
        private volatile @Nullable String failure;

        Ear(int changes) {
            this.times = new AtomicLongArray(changes);
            this.missing = new CountDownLatch(changes);
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                hear(System.nanoTime());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void hear(long now) {
            Matcher number = NUMBER.matcher(text);
            if (number.find()) {
                if (times.compareAndSet(Integer.parseInt(number.group(1)), 0, now)) {
                    missing.countDown();
                }
            } else if (text.indexOf("\"subscribed\"") >= 0) {
                subscribed.countDown();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            fail("the socket was closed with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            fail("the socket broke: " + error.getMessage());
        }

        void fail(String why) {
            failure = why;
        }

        void awaitSubscribed() throws IOException, InterruptedException {
            if (!subscribed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a socket did not subscribe");
            }
        }

        void await() throws IOException, InterruptedException {
            boolean all = missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String why = failure;
            if (why != null) {
                throw new IOException("a change did not get through: " + why);
            }
            if (!all) {
                throw new IOException(missing.getCount() + " changes were not heard");
            }
        }

        long heard(int number) {
            return times.get(number);
        }
    }
}
