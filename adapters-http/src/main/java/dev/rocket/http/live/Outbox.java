package dev.rocket.http.live;

import dev.rocket.http.guard.Patience;
import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One socket's bounded queue, and what sends it.
 *
 * <p>Whoever offers never waits. While anything is queued, one virtual thread sends it; an idle
 * socket has none. All frames go through here, since the server library's session is not safe to be
 * used by two threads. A client that does not keep up is closed with 4000 and the place of the last
 * change that was sent; one that takes nothing at all for {@link Patience#TAKING} is cut off.
 *
 * <p>{@link #lock} also guards how far the socket's subscriptions have come.
 */
final class Outbox {

    /** Messages that may wait. */
    static final int MESSAGES = 1_000;

    /** Characters that may wait. */
    static final int CHARS = 4 << 20;

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int TOO_SLOW = 4000;

    final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final WsSession session;
    private final Thread reader;
    private final Patience patience;
    private final Queue<Frame> waiting = new ArrayDeque<>(4);
    private long chars;
    private volatile long lastSent;
    private boolean sending;
    private boolean closing;

    /** What goes over the wire. */
    private sealed interface Frame {

        /**
         * A message.
         *
         * @param seq of the change in it; 0 for none
         */
        record Text(String message, long seq) implements Frame {}

        /** A sign of life. */
        record Ping() implements Frame {}

        /** The answer to one. */
        record Pong(BufferData payload) implements Frame {}

        /** The end. */
        record Close(int code, String reason) implements Frame {}
    }

    /** A queue to a session whose frames {@code reader} reads. */
    Outbox(WsSession session, Thread reader, Patience patience) {
        this.session = session;
        this.reader = reader;
        this.patience = patience;
    }

    /** Queues a message; whether the socket is still good for it. */
    boolean offer(String message) {
        return offer(message, 0);
    }

    /** Queues a message with the change at a place; whether the socket is still good for it. */
    boolean offer(String message, long seq) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            if (waiting.size() >= MESSAGES || chars + message.length() > CHARS) {
                waiting.clear();
                chars = 0;
                end(TOO_SLOW, "too slow; the last change sent was " + lastSent);
                return false;
            }
            chars += message.length();
            add(new Frame.Text(message, seq));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Asks the client for a sign of life. */
    void ping() {
        control(new Frame.Ping());
    }

    /** Answers a sign of life. */
    void pong(byte[] payload) {
        control(new Frame.Pong(BufferData.create(payload)));
    }

    private void control(Frame frame) {
        lock.lock();
        try {
            if (!closing && waiting.size() < MESSAGES) {
                add(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Queues a last message and the end behind what waits; nothing more is taken. */
    void finish(String last, int code, String reason) {
        lock.lock();
        try {
            if (!closing) {
                add(new Frame.Text(last, 0));
                end(code, reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Queues the end behind what waits; nothing more is taken. */
    void finish(int code, String reason) {
        lock.lock();
        try {
            if (!closing) {
                end(code, reason);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(int code, String reason) {
        closing = true;
        add(new Frame.Close(code, reason));
        moved.signalAll();
    }

    private void add(Frame frame) {
        waiting.add(frame);
        if (!sending) {
            sending = true;
            Thread.ofVirtual().start(this::send);
        }
    }

    /** Drops what waits, and blocks until nothing is being sent. */
    void abandon() {
        lock.lock();
        try {
            closing = true;
            waiting.clear();
            moved.signalAll();
            while (sending) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it takes nothing more. */
    boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Blocks while more than half of the bound waits.
     *
     * @return whether the socket is still good for more
     */
    boolean awaitRoom() {
        lock.lock();
        try {
            while (!closing && (waiting.size() > MESSAGES / 2 || chars > CHARS / 2)) {
                moved.awaitUninterruptibly();
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until everything was sent, or the time is over. */
    void awaitEmpty(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (sending && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        boolean good = true;
        while (good) {
            Frame next = next();
            if (next == null) {
                return;
            }
            good = write(next);
        }
        lock.lock();
        try {
            closing = true;
            waiting.clear();
            sending = false;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Frame next() {
        lock.lock();
        try {
            Frame next = waiting.poll();
            if (next == null) {
                sending = false;
                moved.signalAll();
            } else if (next instanceof Frame.Text text) {
                chars -= text.message().length();
                moved.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Writes a frame; whether more may follow. */
    private boolean write(Frame frame) {
        patience.beginSending();
        try {
            switch (frame) {
                case Frame.Text text -> session.send(text.message(), true);
                case Frame.Ping ping -> session.ping(BufferData.empty());
                case Frame.Pong pong -> session.pong(pong.payload());
                case Frame.Close close -> session.close(close.code(), close.reason());
            }
            patience.end();
        } catch (RuntimeException e) {
            // The client is gone; whoever reads its frames is told as well.
            patience.ended(Thread.currentThread());
            patience.endWithin(Duration.ZERO, reader);
            return false;
        }
        return switch (frame) {
            case Frame.Text text -> {
                lastSent = Math.max(lastSent, text.seq());
                yield true;
            }
            case Frame.Ping ping -> true;
            case Frame.Pong pong -> true;
            case Frame.Close close -> {
                patience.endWithin(CLOSING, reader);
                yield false;
            }
        };
    }
}
