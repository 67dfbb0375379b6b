package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The service manager that started this process, told how it fares.
 *
 * <p>Without one, nothing is told. What cannot be told is logged once; serving goes on. Source:
 * sd_notify(3), sd_watchdog_enabled(3).
 */
public final class Supervisor {

    private static final System.Logger LOG = System.getLogger("dev.rocket.supervisor");

    /** Signs of life that go out in the time after which their lack is noticed. */
    private static final int SIGNS = 3;

    /** How long a start that takes its time is waited for after each time that it says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final @Nullable NotifySocket socket;
    private final Optional<Duration> watchdog;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean failed;

    private Supervisor(@Nullable NotifySocket socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** The one that this process's environment names. */
    public static Supervisor ofProcess() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    /**
     * The one that an environment names.
     *
     * @throws IllegalArgumentException when it names one that cannot be
     */
    static Supervisor of(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (address.isEmpty()) {
            return new Supervisor(null, Optional.empty());
        }
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String watched = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        Optional<Duration> watchdog =
                micros.isEmpty() || !watched.equals(Long.toString(pid))
                        ? Optional.empty()
                        : Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
        return new Supervisor(new NotifySocket(address), watchdog);
    }

    /** A start that takes its time, as is told again and again. */
    public final class LongStart implements AutoCloseable {

        private final CountDownLatch over = new CountDownLatch(1);

        private LongStart() {
            extend();
            Thread.ofPlatform().daemon().name("rocket-start").start(this::goOn);
        }

        /** Tells what is being done, in a line for people. */
        public void at(String status) {
            tell("STATUS=" + oneLine(status));
        }

        private void extend() {
            tell("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(PATIENCE.toNanos()));
        }

        private void goOn() {
            try {
                while (!over.await(PATIENCE.dividedBy(SIGNS).toNanos(), TimeUnit.NANOSECONDS)) {
                    extend();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            over.countDown();
        }
    }

    /** Has the service manager wait, until what is returned is closed. */
    public LongStart starting() {
        return new LongStart();
    }

    /**
     * Tells that the server serves; from then on a sign of life goes out again and again, but only
     * while nothing is the matter.
     *
     * @param status a line for people
     * @param trouble tells what is the matter; may block for a while
     */
    public void ready(String status, Supplier<Optional<String>> trouble) {
        tell("READY=1\nSTATUS=" + status);
        watchdog.ifPresent(
                period ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("rocket-watchdog")
                                .start(() -> watch(status, trouble, period.dividedBy(SIGNS))));
    }

    /** Tells that the server stops; no sign of life goes out any more. */
    public void stopping() {
        stopping.countDown();
        tell("STOPPING=1\nSTATUS=Finishing what was accepted");
    }

    private void watch(String status, Supplier<Optional<String>> trouble, Duration pause) {
        try {
            do {
                Optional<String> wrong = trouble.get();
                tell(
                        wrong.map(reason -> "STATUS=" + oneLine(reason))
                                .orElse("WATCHDOG=1\nSTATUS=" + status));
            } while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void tell(String text) {
        if (socket == null) {
            return;
        }
        try {
            socket.send(text);
        } catch (IOException e) {
            if (!failed) {
                LOG.log(System.Logger.Level.WARNING, "systemd is told nothing: " + e.getMessage());
            }
            failed = true;
        }
    }
}
