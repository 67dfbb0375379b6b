package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Updates at a fixed rate, from its start until it is ended.
 *
 * <p>Each is due at its time whether those before it were answered or not, and its time counts from
 * then until the answer is there. So a server that stands still is charged with all that it kept
 * waiting.
 */
final class SteadyLoad implements AutoCloseable {

    /** Updates without an answer; the next ones wait, and their time counts. */
    private static final int MOST_UNDER_WAY = 5_000;

    /** An update without an answer for so long has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Target server;
    private final Workloads work;
    private final int perSecond;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final Thread sender = Thread.ofPlatform().name("steady-load").unstarted(this::send);
    private volatile boolean ended;

    private SteadyLoad(Target server, Workloads work, int perSecond) {
        this.server = server;
        this.work = work;
        this.perSecond = perSecond;
    }

    /**
     * One update.
     *
     * @param time from when it was due until it was answered
     * @param isGood whether the answer was
     */
    record Write(Span time, boolean isGood) {

        /** How long it took. */
        long nanos() {
            return time.to() - time.from();
        }
    }

    /** Begins to retitle the tasks of {@code work}, which is used by nobody else meanwhile. */
    static SteadyLoad start(Target server, Workloads work, int perSecond) {
        SteadyLoad load = new SteadyLoad(server, work, perSecond);
        load.sender.start();
        return load;
    }

    /**
     * Ends it, and waits for the answers that are under way.
     *
     * @return all updates, in the order of their answers
     * @throws IOException when one was neither answered nor given up
     */
    List<Write> end() throws IOException {
        ended = true;
        try {
            sender.join();
            if (!free.tryAcquire(MOST_UNDER_WAY, 2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("updates were neither answered nor given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while updates were under way", e);
        }
        return List.copyOf(writes);
    }

    /** What the first update that failed was told; empty when none did. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void send() {
        long start = System.nanoTime();
        for (long number = 0; !ended; number++) {
            long due = start + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = 1; left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            free.acquireUninterruptibly();
            CompletableFuture<?> unused =
                    client.sendAsync(request(number), HttpResponse.BodyHandlers.ofString())
                            .whenComplete((answer, error) -> note(due, answer, error));
        }
    }

    private HttpRequest request(long number) {
        String body = "{\"title\":\"Prepare report anew " + number + "\"}";
        return HttpRequest.newBuilder(server.uri(work.path()))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void note(long due, @Nullable HttpResponse<String> answer, @Nullable Throwable error) {
        Span time = new Span(due, System.nanoTime());
        boolean isGood = answer != null && answer.statusCode() / 100 == 2;
        if (!isGood) {
            String told = answer != null ? answer.statusCode() + " " + answer.body() : "" + error;
            failure.compareAndSet(null, told);
        }
        writes.add(new Write(time, isGood));
        free.release();
    }

    @Override
    public void close() {
        ended = true;
        client.shutdownNow();
    }
}
