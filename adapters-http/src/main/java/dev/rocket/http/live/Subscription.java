package dev.rocket.http.live;

import dev.rocket.core.model.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one socket follows under one name.
 *
 * <p>Its place only ascends, and is moved together with queueing what stands there, under the
 * outbox's lock: so each change is queued at most once, and whoever stops it knows exactly what
 * was.
 */
final class Subscription {

    /** No frame at all. */
    static final byte[] NOTHING = new byte[0];

    private static final int FAILED = 1011;

    final String name;
    final Interest interest;

    /** Its name as a JSON array. */
    final String names;

    private final Outbox outbox;
    private long at;
    private boolean stopped;

    /** Follows from behind a place. */
    Subscription(String name, Interest interest, Outbox outbox, Seq after) {
        this.name = name;
        this.interest = interest;
        this.names = LiveMessages.names(List.of(name));
        this.outbox = outbox;
        this.at = after.value();
    }

    /** Everything up to here was looked at. */
    long at() {
        outbox.lock.lock();
        try {
            return at;
        } finally {
            outbox.lock.unlock();
        }
    }

    /** Looks at a change; queues the frame that tells of it, unless that is empty. */
    void advance(long seq, byte[] frame) {
        outbox.lock.lock();
        try {
            if (!stopped && seq > at) {
                at = seq;
                if (frame.length > 0) {
                    outbox.offer(frame, seq);
                }
            }
        } finally {
            outbox.lock.unlock();
        }
    }

    /** Looks at a change for several of one socket; queues one message for all that show it. */
    static void advance(List<Subscription> several, Telling telling) {
        long seq = telling.told().seq().value();
        List<String> showing = new ArrayList<>();
        List<String> leaving = new ArrayList<>();
        List<Subscription> moving = new ArrayList<>();
        for (Subscription each : several) {
            if (seq <= each.at()) {
                continue;
            }
            switch (each.interest.judge(telling.told(), telling)) {
                case CHANGE -> showing.add(each.name);
                case LEFT -> leaving.add(each.name);
                case NOTHING -> {}
            }
            moving.add(each);
        }
        if (moving.isEmpty()) {
            return;
        }
        Outbox outbox = moving.get(0).outbox;
        outbox.lock.lock();
        try {
            if (!showing.isEmpty()) {
                outbox.offer(telling.shown(LiveMessages.names(showing)), seq);
            }
            if (!leaving.isEmpty()) {
                outbox.offer(telling.left(LiveMessages.names(leaving)), seq);
            }
            moving.forEach(each -> each.at = seq);
        } finally {
            outbox.lock.unlock();
        }
    }

    /** Ends the socket, since what stands behind its place cannot be read. */
    void fail(RuntimeException why) {
        outbox.finish(LiveMessages.error(Optional.of(name), why), FAILED, "the feed failed");
    }

    /** Queues nothing any more; where it stood. */
    long stop() {
        outbox.lock.lock();
        try {
            stopped = true;
            return at;
        } finally {
            outbox.lock.unlock();
        }
    }

    /** Whether it was stopped, or its socket is closing. */
    boolean isOver() {
        outbox.lock.lock();
        try {
            return stopped || outbox.isClosing();
        } finally {
            outbox.lock.unlock();
        }
    }

    /** The frame of a change for this subscription alone; empty when it means nothing to it. */
    byte[] frame(Telling telling) {
        return switch (interest.judge(telling.told(), telling)) {
            case CHANGE -> telling.shown(names);
            case LEFT -> telling.left(names);
            case NOTHING -> NOTHING;
        };
    }

    /** Blocks while the socket does not keep up; whether it is still good for more. */
    boolean awaitRoom() {
        return outbox.awaitRoom();
    }
}
