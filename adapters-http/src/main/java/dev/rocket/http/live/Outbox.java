package dev.rocket.http.live;

import dev.rocket.http.guard.Patience;
import dev.rocket.http.websocket.Frames;
import dev.rocket.http.websocket.Link;
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
 * socket has none. All frames go through here, since a link is used by one thread at a time. A
 * client that does not keep up is closed with 4000 and the place of the last change that was sent;
 * one that takes nothing at all for {@link Patience#TAKING} is cut off.
 *
 * <p>{@link #lock} also guards how far the socket's subscriptions have come.
 */
final class Outbox {

    /** Messages that may wait. */
    static final int MESSAGES = 1_000;

    /** Bytes that may wait. */
    static final int BYTES = 4 << 20;

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int TOO_SLOW = 4000;
    private static final byte[] PING = Frames.ping();

    final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Link link;
    private final Thread reader;
    private final Patience patience;
    private final Queue<Frame> waiting = new ArrayDeque<>(4);
    private long bytes;
    private long lastSent;
    private boolean sending;
    private boolean closing;

    /**
     * A frame that waits.
     *
     * @param seq of the change in it; 0 for none
     * @param isEnd whether it is the last
     */
    private record Frame(Bytes bytes, long seq, boolean isEnd) {

        static Frame of(byte[] frame, long seq) {
            return new Frame(new Bytes(frame), seq, false);
        }

        int length() {
            return bytes.frame.length;
        }
    }

    /** A frame's bytes, which nobody changes. */
    private static final class Bytes {

        private final byte[] frame;

        Bytes(byte[] frame) {
            this.frame = frame;
        }
    }

    /** A queue to a client whose frames {@code reader} reads. */
    Outbox(Link link, Thread reader, Patience patience) {
        this.link = link;
        this.reader = reader;
        this.patience = patience;
    }

    /** Queues a message; whether the socket is still good for it. */
    boolean offer(String message) {
        return offer(Frames.text(message), 0);
    }

    /** Queues a frame with the change at a place; whether the socket is still good for it. */
    boolean offer(byte[] frame, long seq) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            if (waiting.size() >= MESSAGES || bytes + frame.length > BYTES) {
                waiting.clear();
                bytes = 0;
                end(TOO_SLOW, "too slow; the last change sent was " + lastSent);
                return false;
            }
            add(Frame.of(frame, seq));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Asks the client for a sign of life. */
    void ping() {
        control(PING);
    }

    /** Answers a sign of life. */
    void pong(byte[] payload) {
        control(Frames.pong(payload));
    }

    private void control(byte[] frame) {
        lock.lock();
        try {
            if (!closing && waiting.size() < MESSAGES) {
                add(Frame.of(frame, 0));
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
                add(Frame.of(Frames.text(last), 0));
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
        add(new Frame(new Bytes(Frames.close(code, reason)), 0, true));
        moved.signalAll();
    }

    private void add(Frame frame) {
        waiting.add(frame);
        bytes += frame.length();
        if (!sending) {
            sending = true;
            Thread.ofVirtual().start(this::send);
        }
    }

    /** Blocks until everything was sent; sending is bounded. */
    void awaitEnd() {
        lock.lock();
        try {
            while (sending) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits, and blocks until nothing is being sent. */
    void abandon() {
        lock.lock();
        try {
            closing = true;
            waiting.clear();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        awaitEnd();
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
            while (!closing && (waiting.size() > MESSAGES / 2 || bytes > BYTES / 2)) {
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
            } else {
                bytes -= next.length();
                // What is on its way arrives before any end that is told behind it.
                lastSent = Math.max(lastSent, next.seq());
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
            link.send(frame.bytes().frame);
            patience.end();
        } catch (RuntimeException e) {
            // The client is gone; whoever reads its frames is told as well.
            patience.ended(Thread.currentThread());
            patience.endWithin(Duration.ZERO, reader);
            return false;
        }
        if (frame.isEnd()) {
            patience.endWithin(CLOSING, reader);
            return false;
        }
        return true;
    }
}
