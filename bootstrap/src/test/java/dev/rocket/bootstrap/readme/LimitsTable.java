package dev.rocket.bootstrap.readme;

import dev.rocket.core.model.Limits;
import dev.rocket.core.operation.ForgetReceipts;
import dev.rocket.core.usecase.Authenticate;
import dev.rocket.http.HttpConfig;
import dev.rocket.http.guard.Patience;
import dev.rocket.http.guard.RateLimiter;
import dev.rocket.http.guard.Tickets;
import dev.rocket.http.wire.Bodies;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The bounds that hold, read from the constants in the code. */
public final class LimitsTable {

    private static final String HTTP = "dev.rocket.http.";
    private static final int KIBI = 1 << 10;
    private static final int MEBI = 1 << 20;

    private final StringBuilder rows = new StringBuilder();
    private final Set<String> domain = new TreeSet<>();

    private LimitsTable() {}

    /** The table as README holds it. */
    public static String markdown() throws ReflectiveOperationException {
        LimitsTable table = new LimitsTable();
        table.rows.append("| bound | at most |\n|---|--:|\n");
        table.ofTheDomain();
        table.ofRequests();
        table.ofFollowers();
        table.ofTheServer();
        Set<String> all = new TreeSet<>();
        for (Field field : Limits.class.getFields()) {
            all.add(field.getName());
        }
        all.removeAll(table.domain);
        if (!all.isEmpty()) {
            throw new AssertionError("the table lacks " + all);
        }
        return table.rows.toString();
    }

    private void ofTheDomain() throws ReflectiveOperationException {
        domain("title of a task", "TITLE_CHARS", "characters");
        domain("notes of a task", "NOTES_CHARS", "characters");
        domain("comment", "COMMENT_CHARS", "characters");
        domain("name of a project, label, member or token", "NAME_CHARS", "characters");
        domain("position in the hand-made order", "POSITION_CHARS", "characters");
        domain("text to search for", "SEARCH_CHARS", "characters");
        domain("labels on a task", "LABELS_PER_TASK", "labels");
        domain("subtasks below each other, with the root", "DEPTH", "tasks");
        domain("other entities that one write changes or deletes", "CASCADE", "entities");
        domain("a page of a list", "PAGE", "items");
        domain("the items of a page together, if it has two", "PAGE_CHARS", "characters");
        domain("a page of the feed", "CHANGES_PAGE", "changes");
        domain("a batch", "BATCH", "writes");
        domain("idempotency key", "IDEMPOTENCY_KEY_CHARS", "characters");
        row("an idempotency key is remembered for", text(ForgetReceipts.REMEMBERED));
    }

    private void ofRequests() throws ReflectiveOperationException {
        HttpConfig.Limits standard = HttpConfig.Limits.STANDARD;
        row("request line", bytes(constant(HTTP + "Listener", "REQUEST_LINE_BYTES")));
        row("headers of a request", bytes(standard.headerBytes()));
        row("parameters of a query", count(constant(HTTP + "wire.Query", "MOST"), "parameters"));
        row("body, unless `ROCKET_MAX_BODY` says otherwise", bytes(standard.bodyBytes()));
        row("body of a batch, or `ROCKET_MAX_BODY` if that is more", bytes(standard.batchBytes()));
        long small = constant(HTTP + "guard.BodyLimit", "SMALL_BYTES");
        long large = constant(HTTP + "guard.BodyLimit", "LARGE_BYTES");
        row("all bodies above " + bytes(small) + " together", bytes(large));
        row("JSON inside JSON", count(Bodies.DEPTH, "levels"));
        row("secret of a token", count(Authenticate.MAX_SECRET, "characters"));
    }

    private void ofFollowers() throws ReflectiveOperationException {
        String socket = HTTP + "live.LiveSocket";
        String outbox = HTTP + "live.Outbox";
        String feed = HTTP + "live.FeedRoute";
        row("ticket for a WebSocket is good for", text(Tickets.GOOD_FOR));
        row("tickets that are open", count(Tickets.OPEN, "tickets"));
        row("a WebSocket", count(constant(socket, "SUBSCRIPTIONS"), "subscriptions"));
        row("message to a WebSocket", bytes(constant(socket, "MESSAGE_BYTES")));
        row(
                "changes that wait for a slow WebSocket",
                count(constant(outbox, "MESSAGES"), "messages"));
        row("the same in bytes", bytes(constant(outbox, "BYTES")));
        row("a long poll waits for", text(Duration.ofSeconds(constant(feed, "MOST_SECONDS"))));
        row("long polls and event streams that wait", count(constant(feed, "WAITING"), "requests"));
    }

    private void ofTheServer() throws ReflectiveOperationException {
        HttpConfig.Limits standard = HttpConfig.Limits.STANDARD;
        long reads = constant("dev.rocket.sqlite.SqliteReaders", "QUEUE");
        row(
                "the server, unless `ROCKET_MAX_CONNECTIONS` says otherwise",
                count(standard.connections(), "connections"));
        row("a connection may be silent for", text(standard.idle()));
        row("the headers of a request may take", text(Patience.HEADERS));
        row("a client may take nothing for", text(Patience.TAKING));
        row(
                "client addresses that have a quota of their own",
                count(RateLimiter.CLIENTS, "addresses"));
        row("reads that wait for a connection to the file", count(reads, "reads"));
    }

    private void domain(String what, String field, String unit)
            throws ReflectiveOperationException {
        domain.add(field);
        row(what, count(Limits.class.getField(field).getInt(null), unit));
    }

    private void row(String what, String most) {
        rows.append("| ").append(what).append(" | ").append(most).append(" |\n");
    }

    /** A constant that its class keeps to itself. */
    private static long constant(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        return field.getLong(null);
    }

    private static String count(long most, String unit) {
        return String.format(Locale.ROOT, "%,d ", most) + unit;
    }

    private static String bytes(long most) {
        return most % MEBI == 0 ? most / MEBI + " MiB" : most / KIBI + " KiB";
    }

    private static String text(Duration most) {
        long seconds = most.toSeconds();
        return seconds % 3600 == 0
                ? seconds / 3600 + " h"
                : seconds > 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
