package dev.rocket.core.model;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            case Job job -> {
                JobText.print(out, job);
                stamp(json, job.stamp());
            }
            case Image.Gone gone -> json.truth("deleted", true);
        }
        json.end();
    }

    private static void task(JsonOut json, Task task) {
        Schedule schedule = task.schedule();
        Links links = task.links();
        json.text("title", task.title());
        if (!task.notes().isEmpty()) {
            json.text("notes", task.notes());
        }
        json.plain("status", task.status().wire())
                .plain("priority", task.priority().wire())
                .due("start", schedule.start())
                .due("due", schedule.due())
                .ids("labels", links.labels())
                .id("project", links.project())
                .id("parent", links.parent())
                .id("assignee", links.assignee())
                .plain("position", task.position().value());
        stamp(json, task.stamp());
        if (task.completed().isPresent()) {
            json.instant("completed", task.completed().get());
        }
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

    /** Appends a run of a job as an object. */
    public static void run(StringBuilder out, Job.Run run) {
        JobText.run(out, run);
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
            return new Reading(JsonIn.of(text)).image(kind);
        } catch (Refused | DateTimeException e) {
            throw new IllegalArgumentException("not a " + kind.wire() + ": " + e.getMessage(), e);
        }
    }

    private record Reading(JsonIn json) {

        Image image(Image.Kind kind) {
            UUID id = json.uuid("id");
            Revision revision = new Revision(json.number("revision"));
            if (json.truth("deleted")) {
                return new Image.Gone(kind.id(id), revision);
            }
            return switch (kind) {
                case TASK -> task(new Task.Id(id), revision);
                case PROJECT -> project(new Project.Id(id), revision);
                case LABEL ->
                        new Label(
                                new Label.Id(id),
                                revision,
                                json.text("name"),
                                json.find("color"),
                                stamp());
                case MEMBER ->
                        new Member(
                                new Member.Id(id),
                                revision,
                                json.text("name"),
                                json.find("email"),
                                stamp());
                case COMMENT -> comment(new Comment.Id(id), revision);
                case TOKEN -> token(new Token.Id(id), revision);
                case JOB -> JobText.parse(new Job.Id(id), revision, json, stamp());
            };
        }

        private Project project(Project.Id id, Revision revision) {
            return new Project(
                    id,
                    revision,
                    json.text("name"),
                    json.textOrEmpty("notes"),
                    json.find("color"),
                    json.truth("archived"),
                    stamp());
        }

        private Comment comment(Comment.Id id, Revision revision) {
            return new Comment(
                    id,
                    revision,
                    new Task.Id(json.uuid("task")),
                    actor(json.object("author")),
                    json.text("text"),
                    stamp());
        }

        private Task task(Task.Id id, Revision revision) {
            return new Task(
                    id,
                    revision,
                    json.text("title"),
                    json.textOrEmpty("notes"),
                    Status.parse(json.text("status")),
                    Priority.parse(json.text("priority")),
                    new Schedule(due("start"), due("due")),
                    links(),
                    new Position(json.text("position")),
                    stamp(),
                    json.find("completed").map(InstantText::parse));
        }

        private Token token(Token.Id id, Revision revision) {
            return new Token(
                    id,
                    revision,
                    json.text("name"),
                    json.text("hash"),
                    json.texts("scopes").stream()
                            .map(Token.Scope::parse)
                            .collect(toUnmodifiableSet()),
                    json.find("expires").map(InstantText::parse),
                    stamp());
        }

        private Links links() {
            NavigableSet<Label.Id> labels = labels();
            return new Links(
                    json.find("project").map(text -> new Project.Id(JsonIn.id(text))),
                    json.find("parent").map(text -> new Task.Id(JsonIn.id(text))),
                    labels,
                    json.find("assignee").map(text -> new Member.Id(JsonIn.id(text))));
        }

        private NavigableSet<Label.Id> labels() {
            List<String> texts = json.texts("labels");
            if (texts.isEmpty()) {
                return Links.NONE.labels();
            }
            List<Label.Id> labels = new ArrayList<>(texts.size());
            for (String text : texts) {
                labels.add(new Label.Id(JsonIn.id(text)));
            }
            return Links.sorted(labels);
        }

        private static Actor actor(JsonIn author) {
            return new Actor(author.text("id"), author.text("name"));
        }

        private Stamp stamp() {
            Instant created = json.instant("created");
            return new Stamp(created, json.instant("updated"));
        }

        private Optional<Due> due(String name) {
            return json.find(name).map(DueText::stored);
        }
    }
}
