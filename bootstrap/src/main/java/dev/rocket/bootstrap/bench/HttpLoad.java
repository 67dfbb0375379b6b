package dev.rocket.bootstrap.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * A closed loop of requests over keep-alive connections.
 *
 * <p>One thread serves every connection: each has one request under way, and sends the next when
 * the answer has come in whole. The thread does little per answer, since it shares the machine with
 * the server it measures.
 */
final class HttpLoad {

    /** Nanoseconds that a latency is counted up to. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private final List<InetSocketAddress> addresses;
    private final int connections;

    HttpLoad(InetSocketAddress address, int connections) {
        this(List.of(address), connections);
    }

    /** Connections that go to each address in turn. */
    HttpLoad(List<InetSocketAddress> addresses, int connections) {
        this.addresses = addresses;
        this.connections = connections;
    }

    /**
     * What a loop measured.
     *
     * @param answered answers with a 2xx status
     * @param failed other answers
     * @param took how long it ran
     * @param latencies of every answer, in nanoseconds
     */
    record Outcome(long answered, long failed, Duration took, Histogram latencies) {

        /** That of a loop that did not run. */
        static final Outcome NONE = new Outcome(0, 0, Duration.ZERO, new Histogram(LONGEST, 3));

        /** Both loops, as if they were one. */
        Outcome plus(Outcome other) {
            Histogram all = latencies.copy();
            all.add(other.latencies);
            return new Outcome(
                    answered + other.answered, failed + other.failed, took.plus(other.took), all);
        }

        /** Good answers a second. */
        double perSecond() {
            return answered * 1e9 / took.toNanos();
        }

        /** A percentile of the latencies in milliseconds. */
        double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /**
     * Runs requests until the time is over or {@code most} were answered.
     *
     * @throws IOException when a connection breaks: a benchmark of a broken server means nothing
     */
    Outcome run(Supplier<byte[]> requests, Duration atMost, long most) throws IOException {
        try (Selector selector = Selector.open()) {
            Loop loop = new Loop(selector, requests);
            try {
                loop.connect(addresses, connections);
                return loop.run(System.nanoTime(), atMost.toNanos(), most);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private static final class Loop {

        private final Selector selector;
        private final Supplier<byte[]> requests;
        private final Histogram latencies = new Histogram(LONGEST, 3);
        private long answered;
        private long failed;

        Loop(Selector selector, Supplier<byte[]> requests) {
            this.selector = selector;
            this.requests = requests;
        }

        void connect(List<InetSocketAddress> addresses, int connections) throws IOException {
            for (int i = 0; i < connections; i++) {
                InetSocketAddress address = addresses.get(i % addresses.size());
                SocketChannel channel = SocketChannel.open(address);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Answer());
            }
        }

        Outcome run(long start, long atMost, long most) throws IOException {
            for (SelectionKey key : selector.keys()) {
                send(key);
            }
            while (System.nanoTime() - start < atMost && answered + failed < most) {
                selector.select(this::receive, 100);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Outcome(answered, failed, took, latencies);
        }

        private void send(SelectionKey key) throws IOException {
            Answer answer = (Answer) key.attachment();
            answer.begin(System.nanoTime());
            ByteBuffer bytes = ByteBuffer.wrap(requests.get());
            SocketChannel channel = (SocketChannel) key.channel();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        private void receive(SelectionKey key) {
            try {
                Answer answer = (Answer) key.attachment();
                if (answer.read((SocketChannel) key.channel())) {
                    long nanos = System.nanoTime() - answer.sent();
                    latencies.recordValue(Math.min(nanos, LONGEST));
                    if (answer.isGood()) {
                        answered++;
                    } else {
                        failed++;
                    }
                    send(key);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** An HTTP answer coming in: status, length, body. */
    private static final class Answer {

        private static final byte[] LENGTH =
                "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        private ByteBuffer in = ByteBuffer.allocate(16 * 1024);
        private long sent;
        private int whole;

        void begin(long now) {
            sent = now;
            whole = 0;
            in.clear();
        }

        long sent() {
            return sent;
        }

        boolean isGood() {
            return in.get(9) == '2';
        }

        boolean read(SocketChannel channel) throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed a connection");
            }
            if (whole == 0) {
                whole = wholeLength();
                if (whole > in.capacity()) {
                    in = ByteBuffer.allocate(whole).put(in.flip());
                }
            }
            if (whole == 0 && !in.hasRemaining()) {
                throw new IOException("an answer's head is longer than " + in.capacity());
            }
            return whole > 0 && in.position() >= whole;
        }

        private int wholeLength() {
            int length = 0;
            int line = 0;
            for (int i = 0; i + 1 < in.position(); i++) {
                if (in.get(i) == '\r' && in.get(i + 1) == '\n') {
                    if (i == line) {
                        return i + 2 + length;
                    }
                    length = Math.max(length, lengthIn(line, i));
                    line = i + 2;
                }
            }
            return 0;
        }

        private int lengthIn(int from, int to) {
            if (to - from <= LENGTH.length) {
                return 0;
            }
            for (int i = 0; i < LENGTH.length; i++) {
                if ((in.get(from + i) | 0x20) != (LENGTH[i] | 0x20)) {
                    return 0;
                }
            }
            int number = 0;
            for (int i = from + LENGTH.length; i < to; i++) {
                int digit = in.get(i) - '0';
                number = digit >= 0 && digit <= 9 ? number * 10 + digit : number;
            }
            return number;
        }
    }
}
