package dev.rocket.http.websocket;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has become a WebSocket: reads frames, makes messages of them, judges both.
 *
 * <p>Source: RFC 6455, sections 5 and 7.
 */
final class Connection implements ServerConnection {

    /** What stands for a close without a code. */
    static final int NO_CODE = 1005;

    private static final byte[] NOTHING = new byte[0];
    private static final int PROTOCOL = 1002;
    private static final int NO_UTF8 = 1007;
    private static final int TOO_BIG = 1009;

    private final DataReader in;
    private final Link link;
    private final Receiver receiver;
    private final int mostBytes;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    private int opcode = Frames.CONTINUATION;
    private volatile long heardNanos = System.nanoTime();
    private volatile @Nullable Thread reader;

    /** The client breaks the protocol. */
    private static final class Violation extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int code;

        Violation(int code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }
    }

    /** A frame as it came, unmasked. */
    private record Frame(boolean isLast, int opcode, Payload payload) {}

    /** Bytes that nobody else holds. */
    private static final class Payload {

        private final byte[] bytes;

        Payload(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    Connection(ConnectionContext context, Receiver receiver, int mostBytes) {
        this.in = context.dataReader();
        this.link = new Link(context.dataWriter());
        this.receiver = receiver;
        this.mostBytes = mostBytes;
    }

    @Override
    public void handle(Limit limit) {
        reader = Thread.currentThread();
        try {
            receiver.opened(link);
            while (take(frame())) {
                heardNanos = System.nanoTime();
            }
            return;
        } catch (Violation e) {
            receiver.violated(e.code, String.valueOf(e.getMessage()));
            drop();
        } catch (DataReader.InsufficientDataAvailableException | java.io.UncheckedIOException e) {
            // The client went, or the reader was interrupted; nobody is left to be told.
            receiver.gone();
            return;
        } catch (RuntimeException | Error e) {
            receiver.gone();
            throw e;
        }
        receiver.gone();
    }

    /**
     * Reads on until the client closes, since closing over unread bytes would lose the last frame.
     */
    private void drop() {
        try {
            while (true) {
                in.ensureAvailable();
                in.skip(in.available());
            }
        } catch (RuntimeException e) {
            // That was the end.
            return;
        }
    }

    private Frame frame() {
        int head = in.read() & 0xFF;
        int second = in.read() & 0xFF;
        int kind = head & Frames.OPCODE;
        boolean isLast = (head & Frames.FIN) != 0;
        boolean isControl = (kind & Frames.CONTROL) != 0;
        boolean isKnown = isControl ? kind <= Frames.PONG : kind <= Frames.BINARY;
        require(isKnown && (head & Frames.RESERVED) == 0, "reserved bits or opcodes");
        require((second & Frames.MASKED) != 0, "frames from a client must be masked");
        long length = length(second & Frames.LENGTH);
        if (isControl) {
            require(isLast && length <= Frames.CONTROL_BYTES, "control frames are short and whole");
        } else {
            require((kind == Frames.CONTINUATION) == isInside(), "fragments out of order");
            if (length > mostBytes - begun.size()) {
                throw new Violation(TOO_BIG, "a message may have " + mostBytes + " bytes");
            }
        }
        byte[] mask = in.readBytes(4);
        // To read no bytes would wait for some.
        byte[] payload = length == 0 ? NOTHING : in.readBytes((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(isLast, kind, new Payload(payload));
    }

    private boolean isInside() {
        return opcode != Frames.CONTINUATION;
    }

    private long length(int first) {
        if (first < Frames.SHORT) {
            return first;
        }
        ByteBuffer more = ByteBuffer.wrap(in.readBytes(first == Frames.SHORT ? 2 : 8));
        long length = first == Frames.SHORT ? more.getShort() & 0xFFFF : more.getLong();
        long least = first == Frames.SHORT ? Frames.SHORT : 65_536;
        require(length >= least, "a length must be written as short as it can be");
        return length;
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new Violation(PROTOCOL, reason);
        }
    }

    /** Takes a frame; whether more may follow. */
    private boolean take(Frame frame) {
        byte[] payload = frame.payload().bytes;
        switch (frame.opcode()) {
            case Frames.CLOSE -> {
                receiver.closed(code(payload));
                return false;
            }
            case Frames.PING -> receiver.ping(payload);
            case Frames.PONG -> {}
            default -> {
                if (!isInside()) {
                    opcode = frame.opcode();
                }
                gather(payload, frame.isLast());
            }
        }
        return true;
    }

    private void gather(byte[] payload, boolean isLast) {
        if (!isLast) {
            begun.writeBytes(payload);
            return;
        }
        byte[] whole = payload;
        if (begun.size() > 0) {
            begun.writeBytes(payload);
            whole = begun.toByteArray();
            begun.reset();
        }
        boolean isText = opcode == Frames.TEXT;
        opcode = Frames.CONTINUATION;
        if (isText) {
            receiver.text(decode(whole));
        } else {
            receiver.binary(whole);
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Violation(NO_UTF8, "text must be UTF-8");
        }
    }

    private static int code(byte[] payload) {
        if (payload.length == 0) {
            return NO_CODE;
        }
        require(payload.length >= 2, "a close code has two bytes");
        int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        boolean isStandard = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
        require(isStandard || (code >= 3000 && code <= 4999), "no such close code");
        decode(java.util.Arrays.copyOfRange(payload, 2, payload.length));
        return code;
    }

    @Override
    public Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    @Override
    public void close(boolean interrupt) {
        Thread own = reader;
        if (interrupt && own != null) {
            own.interrupt();
        }
    }
}
