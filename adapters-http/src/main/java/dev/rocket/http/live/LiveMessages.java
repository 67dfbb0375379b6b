package dev.rocket.http.live;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.Words;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.Problems;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is said on a socket, both ways, each message one JSON object. */
final class LiveMessages {

    /** Characters of a subscription's name. */
    static final int NAME_CHARS = 100;

    private LiveMessages() {}

    /** What a client asks for. */
    sealed interface Wish {

        /**
         * To hear of changes.
         *
         * @param name the client's own name for it
         * @param after resume behind this place; empty for what comes from now on
         */
        record Subscribe(String name, Optional<Seq> after, Interest interest) implements Wish {}

        /** To hear no more. */
        record Unsubscribe(String name) implements Wish {}

        /** A sign of life. */
        record Ping() implements Wish {}
    }

    private static final class Read {
        private String type = "";
        private String name = "";
        private Optional<Seq> after = Optional.empty();
        private Optional<Interest> interest = Optional.empty();
    }

    private static final class Wanted {
        private TaskFilter.Mentions links = TaskFilter.Mentions.ANY;
        private Words words = Words.ANY;
        private final Set<Status> statuses = EnumSet.noneOf(Status.class);
        private final Set<Image.Kind> kinds = EnumSet.noneOf(Image.Kind.class);

        Interest interest() {
            TaskFilter tasks = TaskFilter.ANY.withStatuses(statuses).withLinks(links);
            tasks = tasks.withWords(words);
            if (!kinds.isEmpty()) {
                return new Interest(kinds, tasks);
            }
            boolean isAll = tasks.equals(TaskFilter.ANY);
            return new Interest(isAll ? Interest.ALL.kinds() : Set.of(Image.Kind.TASK), tasks);
        }
    }

    /**
     * What a message asks for.
     *
     * @throws dev.rocket.http.wire.Malformed when it cannot be read
     * @throws Refused with Invalid when a value breaks a rule
     */
    static Wish parse(byte[] text) {
        Read read =
                Bodies.read(
                        text,
                        body -> {
                            Read into = new Read();
                            body.object(name -> member(body, name, into));
                            return into;
                        });
        return switch (read.type) {
            case "subscribe" ->
                    new Wish.Subscribe(named(read), read.after, read.interest.orElse(Interest.ALL));
            case "unsubscribe" -> new Wish.Unsubscribe(named(read));
            case "ping" -> new Wish.Ping();
            default -> throw Refused.invalid("type", "must be subscribe, unsubscribe or ping");
        };
    }

    private static void member(Bodies body, String name, Read into) throws IOException {
        switch (name) {
            case "type" -> into.type = body.text();
            case "id" -> into.name = body.text();
            case "after" ->
                    into.after =
                            body.isNull() ? Optional.empty() : Optional.of(new Seq(body.count()));
            case "filter" -> {
                Wanted wanted = new Wanted();
                body.object(member -> filter(body, member, wanted));
                into.interest = Optional.of(wanted.interest());
            }
            default -> throw body.unknown();
        }
    }

    private static void filter(Bodies body, String name, Wanted into) throws IOException {
        TaskFilter.Mentions has = into.links;
        switch (name) {
            case "project" -> {
                Optional<Project.Id> id = body.maybe(text -> new Project.Id(body.id(text)));
                into.links = new TaskFilter.Mentions(id, has.label(), has.assignee(), has.parent());
            }
            case "label" -> {
                Optional<Label.Id> id = body.maybe(text -> new Label.Id(body.id(text)));
                into.links =
                        new TaskFilter.Mentions(has.project(), id, has.assignee(), has.parent());
            }
            case "assignee" -> {
                Optional<Member.Id> id = body.maybe(text -> new Member.Id(body.id(text)));
                into.links = new TaskFilter.Mentions(has.project(), has.label(), id, has.parent());
            }
            case "parent" -> {
                Optional<Task.Id> id = body.maybe(text -> new Task.Id(body.id(text)));
                into.links =
                        new TaskFilter.Mentions(has.project(), has.label(), has.assignee(), id);
            }
            case "status" -> body.texts().stream().map(Status::parse).forEach(into.statuses::add);
            case "q" -> into.words = body.isNull() ? Words.ANY : Words.parse(body.text());
            case "kinds" -> body.texts().stream().map(LiveMessages::kind).forEach(into.kinds::add);
            default -> throw body.unknown();
        }
    }

    private static Image.Kind kind(String text) {
        for (Image.Kind kind : Interest.ALL.kinds()) {
            if (kind.wire().equals(text)) {
                return kind;
            }
        }
        throw Refused.invalid("kinds", "must be task, project, label, member or comment");
    }

    private static String named(Read read) {
        if (read.name.isEmpty() || read.name.length() > NAME_CHARS) {
            throw Refused.invalid("id", "must name the subscription, 1 to 100 characters");
        }
        return read.name;
    }

    /** Names as a JSON array. */
    static String names(List<String> names) {
        StringBuilder out = new StringBuilder("[");
        for (String name : names) {
            if (out.length() > 1) {
                out.append(',');
            }
            new JsonOut(out).quote(name);
        }
        return out.append(']').toString();
    }

    static String subscribed(String name, Seq seq) {
        return message("subscribed", m -> m.text("id", name).number("seq", seq.value()));
    }

    static String unsubscribed(String name) {
        return message("unsubscribed", m -> m.text("id", name));
    }

    static String reset(String name, String reason, Seq seq) {
        return message(
                "reset", m -> m.text("id", name).text("reason", reason).number("seq", seq.value()));
    }

    static String change(String names, String change) {
        return "{\"type\":\"change\",\"subscriptions\":" + names + ",\"change\":" + change + "}";
    }

    static String left(String names, Change change) {
        Image.Id<?> id = change.image().id();
        StringBuilder out = new StringBuilder("{\"type\":\"left\",\"subscriptions\":");
        out.append(names);
        new JsonOut(out)
                .number("seq", change.seq().value())
                .plain("kind", id.kind().wire())
                .plain("id", id.text())
                .end();
        return out.toString();
    }

    static String heartbeat(Seq seq) {
        return message("heartbeat", m -> m.number("seq", seq.value()));
    }

    static String pong() {
        return message("pong", m -> {});
    }

    static String bye(Seq seq) {
        return message("bye", m -> m.number("seq", seq.value()));
    }

    /** What was wrong with a message; the subscription that it was about, when that is known. */
    static String error(Optional<String> name, RuntimeException failure) {
        StringBuilder out = new StringBuilder("{\"type\":\"error\"");
        name.ifPresent(known -> new JsonOut(out).text("id", known));
        out.append(",\"problem\":");
        Problems.print(out, failure);
        return out.append('}').toString();
    }

    private static String message(String type, Consumer<JsonOut> members) {
        StringBuilder out = new StringBuilder(96);
        JsonOut json = new JsonOut(out).begin().plain("type", type);
        members.accept(json);
        json.end();
        return out.toString();
    }
}
