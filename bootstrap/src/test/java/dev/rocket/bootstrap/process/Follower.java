package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.page.JsonTree;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A WebSocket that follows the feed and notes what it hears. */
final class Follower implements WebSocket.Listener {

    /** What a socket's end is called that came without a close frame. */
    static final int CUT = 1006;

    private static final int PATIENCE_SECONDS = 60;

    private final StringBuilder text = new StringBuilder();
    private final Queue<Place> heard = new ConcurrentLinkedQueue<>();
    private final List<String> odd = new CopyOnWriteArrayList<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CompletableFuture<Long> awaited = new CompletableFuture<>();
    private final AtomicLong bye = new AtomicLong(-1);
    private final long until;

    private Follower(long until) {
        this.until = until;
    }

    /** Follows behind a place, once the server has said that it does. */
    static Follower open(RunningRocket rocket, long after) throws Exception {
        return open(rocket, after, Long.MAX_VALUE);
    }

    /** Follows behind a place; {@link #awaitLast} waits for the change at {@code until}. */
    static Follower open(RunningRocket rocket, long after, long until) throws Exception {
        return open(Api.of(rocket), after, until);
    }

    /** Follows behind a place wherever a server is asked. */
    static Follower open(Api api, long after, long until) throws Exception {
        Follower follower = new Follower(until);
        String scheme = api.url().getScheme().equals("https") ? "wss" : "ws";
        URI url = URI.create(scheme + "://" + api.url().getAuthority() + "/v1/live");
        WebSocket socket =
                api.client()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer " + RunningRocket.TOKEN)
                        .buildAsync(url, follower)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String wish = "{\"type\":\"subscribe\",\"id\":\"all\",\"after\":" + after + "}";
        socket.sendText(wish, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!follower.subscribed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no subscription: " + follower.odd);
        }
        return follower;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
        text.append(part);
        if (isLast) {
            note(JsonTree.parse(text.toString()));
            text.setLength(0);
        }
        socket.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void note(Map<String, Object> message) {
        switch (JsonTree.text(message, "type")) {
            case "subscribed" -> subscribed.countDown();
            case "change" -> {
                Place place = Place.of(JsonTree.object(message, "change"));
                heard.add(place);
                if (place.seq() >= until) {
                    awaited.complete(place.seq());
                }
            }
            case "bye" -> bye.set(Long.parseLong(JsonTree.text(message, "seq")));
            case "heartbeat" -> {}
            default -> odd.add(JsonTree.print(message));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ended.complete(code);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ended.complete(CUT);
    }

    /** Waits for the end of the socket; its close code. */
    int awaitEnd() throws Exception {
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the change that it was told to wait for. */
    void awaitLast() throws Exception {
        awaited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The changes that it heard, in the order in which they came. */
    List<Place> heard() {
        return List.copyOf(heard);
    }

    /** Messages that nobody expected. */
    List<String> odd() {
        return odd;
    }

    /** Where the server told it to resume; -1 when it was told nothing. */
    long bye() {
        return bye.get();
    }
}
