package dev.rocket.http.wire;

import dev.rocket.core.model.Due;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients send about tasks.
 *
 * <p>New tasks and merge patches have one form: each member sets a field, null clears it. Source:
 * RFC 7396.
 */
public final class TaskJson {

    private TaskJson() {}

    /**
     * The fields that a body sets.
     *
     * @throws Malformed when it cannot be read
     * @throws dev.rocket.core.model.Refused with Invalid when a value breaks a rule
     */
    public static TaskEdit edit(Bodies.Part text) {
        return Bodies.read(
                text,
                body -> {
                    List<TaskEdit.Part> parts = new ArrayList<>(8);
                    body.object(name -> parts.add(part(body, name)));
                    return new TaskEdit(parts);
                });
    }

    private static TaskEdit.Part part(Bodies body, String name) throws IOException {
        return switch (name) {
            case "title" -> new TaskEdit.Title(body.text());
            case "notes" -> new TaskEdit.Notes(body.isNull() ? "" : body.text());
            case "status" -> new TaskEdit.State(Status.parse(body.text()));
            case "priority" ->
                    new TaskEdit.Urgency(
                            body.isNull() ? Priority.NONE : Priority.parse(body.text()));
            case "start" -> new TaskEdit.StartOn(body.maybe(text -> Due.parse(name, text)));
            case "due" -> new TaskEdit.DueOn(body.maybe(text -> Due.parse(name, text)));
            case "labels" -> new TaskEdit.Labels(Links.sorted(body.ids(Label.Id::new)));
            case "project" ->
                    new TaskEdit.InProject(body.maybe(text -> new Project.Id(body.id(text))));
            case "parent" -> new TaskEdit.Under(body.maybe(text -> new Task.Id(body.id(text))));
            case "assignee" ->
                    new TaskEdit.GivenTo(body.maybe(text -> new Member.Id(body.id(text))));
            case "position" -> new TaskEdit.At(new Position(body.text()));
            default -> throw body.unknown();
        };
    }
}
