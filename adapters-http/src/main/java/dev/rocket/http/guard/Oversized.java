package dev.rocket.http.guard;

import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import dev.rocket.http.wire.Problems;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.nio.charset.StandardCharsets;

/**
 * Bodies that say beforehand that they are larger than any route takes.
 *
 * <p>The server library would refuse them too, and end the connection while the client sends: then
 * the client's system throws the answer away, and a proxy tells its own client that Rocket is
 * broken. Here the client is answered, and what it sends meanwhile is dropped for a while.
 */
public final class Oversized implements Http1ConnectionListener {

    private final RequestIds ids;
    private final long mostBytes;
    private final Patience patience;

    private Oversized(RequestIds ids, long mostBytes, Patience patience) {
        this.ids = ids;
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    /** Refuses what has more bytes than that; {@code patience} hears all that it hears. */
    public static Http1ConnectionListener of(Door door, long mostBytes, Patience patience) {
        return new Oversized(door.ids(), mostBytes, patience);
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        patience.prologue(connection, prologue);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        patience.headers(connection, headers);
        if (headers.contains(HeaderNames.CONTENT_LENGTH) && isOversized(headers)) {
            connection.dataWriter().writeNow(refusal(headers));
            drop(connection.dataReader());
            throw new CloseConnectionException("a body is larger than any route takes");
        }
    }

    /** False for what is no number, which is told elsewhere. */
    private boolean isOversized(Headers headers) {
        String length = headers.get(HeaderNames.CONTENT_LENGTH).get();
        try {
            return Long.parseLong(length) > mostBytes;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private BufferData refusal(Headers headers) {
        String id = ids.of(headers);
        Declined why =
                new Declined(
                        ProblemType.TOO_LARGE,
                        "No body may have more than " + mostBytes + " bytes.",
                        Answer.LAST);
        Answer answer = Problems.answer(why, new Problems.Where("", id));
        WritableHeaders<?> all = ServerResponseHeaders.create();
        answer.headers().forEach(all::set);
        all.set(Answer.constant(RequestIds.HEADER, id));
        all.set(HeaderValues.create(HeaderNames.CONTENT_LENGTH, answer.body().length));
        BufferData buffer = BufferData.growing(512);
        String status = answer.status().codeText() + " " + answer.status().reasonPhrase();
        buffer.write(("HTTP/1.1 " + status + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (Header header : all) {
            header.writeHttp1Header(buffer);
        }
        buffer.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        buffer.write(answer.body());
        return buffer;
    }

    private void drop(DataReader sent) {
        long end = System.nanoTime() + BodyLimit.DROPPING.toNanos();
        patience.endWithin(BodyLimit.DROPPING, Thread.currentThread());
        try {
            while (System.nanoTime() - end < 0) {
                sent.ensureAvailable();
                sent.skip(sent.available());
            }
        } catch (RuntimeException e) {
            throw new CloseConnectionException("the client went, or fell silent", e);
        } finally {
            patience.ended(Thread.currentThread());
        }
    }
}
