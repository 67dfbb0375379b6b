package dev.rocket.http.live;

import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.usecase.Caller;
import dev.rocket.http.websocket.Link;
import dev.rocket.http.websocket.Receiver;
import dev.rocket.http.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket.
 *
 * <p>Its messages come on one thread, its reader's. Close codes: 1000 the client closed, 1001 the
 * server drains, 1002 the client broke the protocol, 1003 binary message, 1007 no UTF-8, 1008 the
 * token is gone, 1009 message too long, 1011 the server failed, 4000 too slow. Source: RFC 6455,
 * section 7.4.
 */
final class LiveSocket implements Receiver {

    /** Subscriptions of one socket. */
    static final int SUBSCRIPTIONS = 20;

    /** Bytes of one message from a client. */
    static final int MESSAGE_BYTES = 16 * 1024;

    private static final int NO_TEXT = 1003;
    private static final int POLICY = 1008;
    private static final int GOING_AWAY = 1001;

    private final Crowd crowd;
    private final Fanout fanout;
    private final Fanout.Joined joined = new Fanout.Joined();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>(2);
    private final Caller caller;
    private @Nullable Outbox outbox;
    private @Nullable Thread reader;

    /** The socket of a caller; it is not open yet. */
    LiveSocket(Crowd crowd, Fanout fanout, Caller caller) {
        this.crowd = crowd;
        this.fanout = fanout;
        this.caller = caller;
    }

    @Override
    public void opened(Link link) {
        Thread own = Thread.currentThread();
        reader = own;
        outbox = new Outbox(link, own, crowd.patience());
        if (!crowd.enter(this)) {
            bye();
        }
    }

    @Override
    public void text(String message) {
        if (!outbox().isClosing()) {
            heed(message);
        }
    }

    @Override
    public void binary(byte[] message) {
        outbox().finish(NO_TEXT, "send text messages");
    }

    @Override
    public void ping(byte[] payload) {
        outbox().pong(payload);
    }

    @Override
    public void closed(int code) {
        leave();
        outbox().finish(code, "");
        outbox().awaitEnd();
    }

    @Override
    public void violated(int code, String reason) {
        outbox().finish(code, reason);
    }

    @Override
    public void gone() {
        leave();
        outbox().abandon();
    }

    private void heed(String text) {
        Optional<String> about = Optional.empty();
        try {
            LiveMessages.Wish wish = LiveMessages.parse(text.getBytes(StandardCharsets.UTF_8));
            switch (wish) {
                case LiveMessages.Wish.Ping ping -> outbox().offer(LiveMessages.pong());
                case LiveMessages.Wish.Subscribe subscribe -> {
                    about = Optional.of(subscribe.name());
                    subscribe(subscribe);
                }
                case LiveMessages.Wish.Unsubscribe unsubscribe -> {
                    about = Optional.of(unsubscribe.name());
                    unsubscribe(unsubscribe.name());
                }
            }
        } catch (Refused | Malformed e) {
            outbox().offer(LiveMessages.error(about, e));
        }
    }

    private void subscribe(LiveMessages.Wish.Subscribe wish) {
        if (subscriptions.containsKey(wish.name())) {
            throw Refused.invalid("id", "is the name of another subscription of this socket");
        }
        if (subscriptions.size() >= SUBSCRIPTIONS) {
            throw Refused.invalid("id", "would be more than " + SUBSCRIPTIONS + " subscriptions");
        }
        Seq head = fanout.head();
        Seq after = wish.after().orElse(head);
        if (after.isAfter(head)) {
            outbox().offer(LiveMessages.reset(wish.name(), "ahead", head));
            after = head;
        } else {
            outbox().offer(LiveMessages.subscribed(wish.name(), after));
        }
        Subscription made = new Subscription(wish.name(), wish.interest(), outbox(), after);
        subscriptions.put(wish.name(), made);
        fanout.add(joined, made);
    }

    private void unsubscribe(String name) {
        Subscription found = subscriptions.remove(name);
        if (found == null) {
            throw Refused.invalid("id", "names no subscription of this socket");
        }
        fanout.remove(joined, found);
        outbox().offer(LiveMessages.unsubscribed(name));
    }

    /** Who opened it. */
    Caller caller() {
        return caller;
    }

    /** Its queue. */
    Outbox outbox() {
        Outbox made = outbox;
        if (made == null) {
            throw new IllegalStateException("a socket is used when it is open");
        }
        return made;
    }

    /** Shows the client that the server lives, and asks it for the same. */
    void beat() {
        fanout.heartbeat(joined, outbox());
        outbox().ping();
    }

    /** Ends it because its token is gone. */
    void expel() {
        outbox().finish(POLICY, "the token has expired or was revoked");
    }

    /** Tells the client where to resume, and ends it. */
    void bye() {
        Seq at = fanout.stop(joined);
        outbox().finish(LiveMessages.bye(at), GOING_AWAY, "the server stops; connect anew");
    }

    /** Takes it off every list. */
    void leave() {
        fanout.stop(joined);
        crowd.leave(this);
        Thread own = reader;
        if (own != null) {
            crowd.patience().ended(own);
        }
    }
}
