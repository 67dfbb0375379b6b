package dev.rocket.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;

/**
 * Images as canonical JSON text.
 *
 * <p>Equal images give equal text, so digests are taken of it; stores keep it, the network carries
 * it and exports consist of it. Members that are empty are left out, unknown ones are skipped, and
 * a member once written keeps its name and meaning for ever.
 */
public final class ImageText {

    private ImageText() {}

    /** The text of an image. */
    public static String print(Image image) {
        StringBuilder out = new StringBuilder(512);
        print(out, image);
        return out.toString();
    }

    /** Appends the text of an image. */
    public static void print(StringBuilder out, Image image) {
        JsonOut json = new JsonOut(out);
        json.begin().plain("id", image.id().text()).number("revision", image.revision().value());
        switch (image) {
            case Task task -> task(json, task);
            case Project project ->
                    stamp(
                            json.text("name", project.name())
                                    .text("notes", filled(project.notes()))
                                    .text("color", project.color())
                                    .truth("archived", project.archived()),
                            project.stamp());
            case Label label ->
                    stamp(
                            json.text("name", label.name()).text("color", label.color()),
                            label.stamp());
            case Member member ->
                    stamp(
                            json.text("name", member.name()).text("email", member.email()),
                            member.stamp());
            case Comment comment -> {
                json.plain("task", comment.task().text());
                json.name("author");
                actor(out, comment.author());
                stamp(json.text("text", comment.text()), comment.stamp());
            }
            case Token token -> token(json, token);
            case Image.Gone gone -> json.truth("deleted", true);
        }
        json.end();
    }

    private static void task(JsonOut json, Task task) {
        Schedule schedule = task.schedule();
        Links links = task.links();
        json.text("title", task.title())
                .text("notes", filled(task.notes()))
                .plain("status", task.status().wire())
                .plain("priority", task.priority().wire())
                .text("start", schedule.start().map(Due::print))
                .text("due", schedule.due().map(Due::print))
                .plains("labels", links.labels().stream().map(Image.Id::text).toList())
                .id("project", links.project())
                .id("parent", links.parent())
                .id("assignee", links.assignee())
                .plain("position", task.position().value());
        stamp(json, task.stamp());
        task.completed().ifPresent(at -> json.instant("completed", at));
    }

    private static void token(JsonOut json, Token token) {
        List<String> scopes = token.scopes().stream().map(Token.Scope::wire).sorted().toList();
        json.text("name", token.name()).plain("hash", token.hash()).plains("scopes", scopes);
        token.expires().ifPresent(at -> json.instant("expires", at));
        stamp(json, token.stamp());
    }

    /** Appends an actor as an object. */
    public static void actor(StringBuilder out, Actor actor) {
        new JsonOut(out).begin().text("id", actor.id()).text("name", actor.name()).end();
    }

    private static void stamp(JsonOut json, Stamp stamp) {
        json.instant("created", stamp.created()).instant("updated", stamp.updated());
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * The image in a text that {@link #print} wrote.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Image parse(Image.Kind kind, String text) {
        try {
            return new Reading(JsonIn.object(text)).image(kind);
        } catch (Refused | java.time.DateTimeException e) {
            throw new IllegalArgumentException("not a " + kind.wire() + ": " + e.getMessage(), e);
        }
    }

    private record Reading(Map<String, Object> members) {

        Image image(Image.Kind kind) {
            UUID id = UUID.fromString(text("id"));
            Revision revision = new Revision(number("revision"));
            if (members.get("deleted") instanceof Boolean gone && gone) {
                return new Image.Gone(kind.id(id), revision);
            }
            return switch (kind) {
                case TASK -> task(new Task.Id(id), revision);
                case PROJECT ->
                        new Project(
                                new Project.Id(id),
                                revision,
                                text("name"),
                                find("notes").orElse(""),
                                find("color"),
                                Boolean.TRUE.equals(members.get("archived")),
                                stamp());
                case LABEL ->
                        new Label(new Label.Id(id), revision, text("name"), find("color"), stamp());
                case MEMBER ->
                        new Member(
                                new Member.Id(id), revision, text("name"), find("email"), stamp());
                case COMMENT ->
                        new Comment(
                                new Comment.Id(id),
                                revision,
                                new Task.Id(uuid(text("task"))),
                                actor(),
                                text("text"),
                                stamp());
                case TOKEN -> token(new Token.Id(id), revision);
            };
        }

        private Task task(Task.Id id, Revision revision) {
            return new Task(
                    id,
                    revision,
                    text("title"),
                    find("notes").orElse(""),
                    Status.parse(text("status")),
                    Priority.parse(text("priority")),
                    new Schedule(due("start"), due("due")),
                    new Links(
                            find("project").map(text -> new Project.Id(uuid(text))),
                            find("parent").map(text -> new Task.Id(uuid(text))),
                            labels(),
                            find("assignee").map(text -> new Member.Id(uuid(text)))),
                    new Position(text("position")),
                    stamp(),
                    find("completed").map(InstantText::parse));
        }

        private Token token(Token.Id id, Revision revision) {
            return new Token(
                    id,
                    revision,
                    text("name"),
                    text("hash"),
                    java.util.Set.copyOf(texts("scopes").stream().map(Token.Scope::parse).toList()),
                    find("expires").map(InstantText::parse),
                    stamp());
        }

        private NavigableSet<Label.Id> labels() {
            List<String> labels = texts("labels");
            return labels.isEmpty()
                    ? Links.NONE.labels()
                    : Links.sorted(labels.stream().map(t -> new Label.Id(uuid(t))).toList());
        }

        private Actor actor() {
            if (members.get("author") instanceof Map<?, ?> author
                    && author.get("id") instanceof String id
                    && author.get("name") instanceof String name) {
                return new Actor(id, name);
            }
            throw new IllegalArgumentException("the member author is missing");
        }

        private Stamp stamp() {
            Instant created = InstantText.parse(text("created"));
            return new Stamp(created, InstantText.parse(text("updated")));
        }

        private Optional<Due> due(String name) {
            return find(name).map(text -> Due.parse(name, text));
        }

        private Optional<String> find(String name) {
            return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
        }

        private String text(String name) {
            if (members.get(name) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException("the text " + name + " is missing");
        }

        private long number(String name) {
            if (members.get(name) instanceof Long number) {
                return number;
            }
            throw new IllegalArgumentException("the number " + name + " is missing");
        }

        private List<String> texts(String name) {
            return members.get(name) instanceof List<?> list
                    ? list.stream().map(String.class::cast).toList()
                    : List.of();
        }

        private static UUID uuid(String text) {
            return UUID.fromString(text);
        }
    }
}
