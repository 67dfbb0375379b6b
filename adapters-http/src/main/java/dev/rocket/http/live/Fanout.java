package dev.rocket.http.live;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.FollowChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What carries the feed to the sockets.
 *
 * <p>One dispatcher reads the feed for all, while anyone subscribes and no longer. A subscription
 * that resumes from an earlier place reads up to the dispatcher's place by itself, then joins
 * between two changes, so it sees each once and in order. Of several subscriptions of one socket
 * each is in order.
 *
 * <p>The lock guards who has joined and the dispatcher's place; it is held for one change at a
 * time.
 */
final class Fanout {

    private static final System.Logger LOG = System.getLogger("dev.rocket.http");
    private static final Caller EVERYONE = Caller.system("live");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int CATCH_UP_PAGE = 200;

    /** Places that are made up for while the dispatcher waits. */
    private static final int GAP = 100;

    /** Subscriptions that read the past at the same time. */
    private static final int CATCHING_UP = 256;

    private final FollowChanges feed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore catchingUp = new Semaphore(CATCHING_UP);
    private final Set<Joined> sockets = new LinkedHashSet<>();
    private Seq at = Seq.START;
    private boolean draining;
    private @Nullable Thread dispatcher;

    /** One socket's subscriptions, and those of them that the dispatcher serves. */
    static final class Joined {

        private final List<Subscription> all = new ArrayList<>(1);
        private final List<Subscription> subscriptions = new ArrayList<>(1);

        /** Tells of one change; when that fails, all of it or nothing was told. */
        private void tell(Telling telling) {
            if (subscriptions.size() == 1) {
                Subscription one = subscriptions.get(0);
                one.advance(telling.told().seq().value(), one.frame(telling));
            } else {
                Subscription.advance(subscriptions, telling);
            }
        }
    }

    Fanout(FollowChanges feed) {
        this.feed = feed;
    }

    /** The end of the feed. */
    Seq head() {
        return feed.head();
    }

    /** Serves a subscription of a socket from where it stands. */
    void add(Joined socket, Subscription subscription) {
        lock.lock();
        try {
            socket.all.add(subscription);
        } finally {
            lock.unlock();
        }
        if (!join(socket, subscription)) {
            Thread.ofVirtual().name("rocket-catch-up").start(() -> catchUp(socket, subscription));
        }
    }

    /** Serves a subscription no more. */
    void remove(Joined socket, Subscription subscription) {
        subscription.stop();
        lock.lock();
        try {
            socket.all.remove(subscription);
            socket.subscriptions.remove(subscription);
            if (socket.subscriptions.isEmpty()) {
                sockets.remove(socket);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Serves a socket no more; the place up to which all its subscriptions were told. */
    Seq stop(Joined socket) {
        lock.lock();
        try {
            long told = Long.MAX_VALUE;
            for (Subscription each : socket.all) {
                told = Math.min(told, each.stop());
            }
            sockets.remove(socket);
            return socket.all.isEmpty() ? feed.head() : new Seq(told);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues a sign of life with the place up to which a socket was told everything; not while one
     * of its subscriptions catches up, which is sign enough.
     */
    void heartbeat(Joined socket, Outbox outbox) {
        lock.lock();
        try {
            if (socket.all.isEmpty()) {
                outbox.offer(LiveMessages.heartbeat(feed.head()));
            } else if (socket.all.size() == socket.subscriptions.size()) {
                outbox.offer(LiveMessages.heartbeat(at));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Serves nobody any more. */
    void drain() {
        lock.lock();
        try {
            draining = true;
            sockets.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean join(Joined socket, Subscription subscription) {
        lock.lock();
        try {
            if (draining || subscription.isOver()) {
                return true;
            }
            if (dispatcher == null) {
                at = feed.head();
            }
            long behind = at.value() - subscription.at();
            if (behind > GAP || (behind > 0 && !reachesDispatcher(subscription))) {
                return false;
            }
            socket.subscriptions.add(subscription);
            sockets.add(socket);
            if (dispatcher == null) {
                dispatcher = Thread.ofVirtual().name("rocket-dispatcher").start(this::dispatch);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Reads the last bit while the dispatcher waits; so it is met however fast the feed grows. */
    private boolean reachesDispatcher(Subscription subscription) {
        read(subscription, GAP);
        return subscription.at() >= at.value();
    }

    /** Reads on; whether the socket is still good for more. */
    private boolean read(Subscription subscription, int limit) {
        Seq from = new Seq(subscription.at());
        FollowChanges.Stretch stretch = feed.after(EVERYONE, from, limit);
        for (Change change : stretch.changes()) {
            if (!subscription.awaitRoom()) {
                return false;
            }
            Telling telling = new Telling(feed, change);
            subscription.advance(change.seq().value(), subscription.frame(telling));
        }
        subscription.advance(stretch.upTo().value(), Subscription.NOTHING);
        return true;
    }

    private void catchUp(Joined socket, Subscription subscription) {
        catchingUp.acquireUninterruptibly();
        try {
            boolean good = true;
            while (good && !join(socket, subscription)) {
                good = read(subscription, CATCH_UP_PAGE);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a socket could not catch up", e);
            subscription.fail(e);
        } finally {
            catchingUp.release();
        }
    }

    private void dispatch() {
        boolean failed = false;
        while (true) {
            Seq from = place();
            if (from == null) {
                return;
            }
            try {
                if (failed) {
                    Thread.sleep(LOOK);
                }
                if (feed.await(from, LOOK)) {
                    tellOf(feed.after(EVERYONE, from, Limits.CHANGES_PAGE));
                }
                failed = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // Whatever it is, without this thread nobody would hear of a change any more.
                if (!failed) {
                    LOG.log(System.Logger.Level.WARNING, "the feed cannot be followed", e);
                }
                failed = true;
            }
        }
    }

    /** Where the dispatcher goes on; null when there is nobody to serve. */
    private @Nullable Seq place() {
        lock.lock();
        try {
            if (draining || sockets.isEmpty()) {
                dispatcher = null;
                return null;
            }
            return at;
        } finally {
            lock.unlock();
        }
    }

    private void tellOf(FollowChanges.Stretch stretch) {
        for (Change change : stretch.changes()) {
            Telling telling = new Telling(feed, change);
            lock.lock();
            try {
                sockets.forEach(socket -> socket.tell(telling));
                at = change.seq();
            } finally {
                lock.unlock();
            }
        }
        lock.lock();
        try {
            at = stretch.upTo();
        } finally {
            lock.unlock();
        }
    }
}
