package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ImportItem;
import dev.rocket.core.operation.ImportItem.Exactness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The drafts of one file as they become entities.
 *
 * <p>Ids of projects and labels follow from their names alone, so every file means the same ones. A
 * task's position follows from when it was created, as if it had been created here, and among tasks
 * of one instant from its place in the file. Holds each name once.
 */
final class Drafts {

    private static final Actor AUTHOR = Actor.system("import");
    private static final int BIRTH_COUNTER_BITS = 12;

    private final Origin origin;
    private final Set<UUID> announced = new HashSet<>();
    private long finished;

    Drafts(Origin origin) {
        this.origin = origin;
    }

    /** Hands on a task, behind its project and labels and before its comments. */
    void finish(TaskDraft draft, Consumer<? super ImportItem> out) {
        Exactness exactness = draft.created.isPresent() ? Exactness.CONTENT : Exactness.UNDATED;
        Instant born = draft.created.or(() -> draft.completed).orElse(origin.modified());
        Instant updated = draft.updated.or(() -> draft.completed).orElse(born);
        Consumer<Image> hand = image -> out.accept(new ImportItem(image, draft.where, exactness));
        Links links = links(draft, born, hand);
        Stamp stamp = new Stamp(born, updated);
        hand.accept(task(draft, links, stamp));
        comments(draft, born, hand);
    }

    private Task task(TaskDraft draft, Links links, Stamp stamp) {
        Task blank = Task.titled(draft.id, draft.title, position(stamp), stamp.created());
        TaskEdit edit =
                TaskEdit.of(
                        new TaskEdit.Notes(draft.fittingNotes()),
                        new TaskEdit.State(draft.status),
                        new TaskEdit.Urgency(draft.priority),
                        new TaskEdit.StartOn(draft.schedule.start()),
                        new TaskEdit.DueOn(draft.schedule.due()),
                        new TaskEdit.InProject(links.project()),
                        new TaskEdit.Under(links.parent()),
                        new TaskEdit.Labels(links.labels()));
        Task task = blank.with(edit, Revision.FIRST, stamp);
        boolean done = draft.status == Status.DONE && draft.completed.isPresent();
        return done ? task.completedAt(draft.completed) : task;
    }

    private Position position(Stamp stamp) {
        long millis = Math.max(0, stamp.created().toEpochMilli());
        return Position.ofBirth((millis << BIRTH_COUNTER_BITS) + finished++);
    }

    private Links links(TaskDraft draft, Instant born, Consumer<Image> out) {
        Optional<Project.Id> project =
                draft.project.map(
                        name -> {
                            Project.Id id = new Project.Id(idOf(Image.Kind.PROJECT, name));
                            announce(Project.named(id, name, born), out);
                            return id;
                        });
        List<Label.Id> labels = new ArrayList<>();
        for (String name : draft.labels) {
            Label.Id id = new Label.Id(idOf(Image.Kind.LABEL, name));
            announce(Label.named(id, name, born), out);
            labels.add(id);
        }
        return new Links(
                project,
                draft.parent,
                labels.isEmpty() ? Links.NONE.labels() : Links.sorted(labels),
                Optional.empty());
    }

    private void announce(Catalogued entry, Consumer<Image> out) {
        if (announced.add(entry.id().value())) {
            out.accept(entry);
        }
    }

    private static UUID idOf(Image.Kind kind, String name) {
        return NamedIds.of(kind.wire(), Catalogued.fold(name));
    }

    /** A comment's id hangs on nothing that a later look at the same file would see changed. */
    private static void comments(TaskDraft draft, Instant born, Consumer<Image> out) {
        Map<Instant, Integer> given = new HashMap<>();
        for (TaskDraft.Remark remark : draft.remarks) {
            Instant at = remark.at().orElse(born);
            Instant lasting = remark.at().or(() -> draft.created).orElse(Instant.EPOCH);
            int before = given.merge(lasting, 1, Integer::sum) - 1;
            UUID id = NamedIds.at(lasting, before, draft.id.text() + " " + remark.text());
            out.accept(
                    new Comment(
                            new Comment.Id(id),
                            Revision.FIRST,
                            draft.id,
                            AUTHOR,
                            remark.text(),
                            Stamp.born(at)));
        }
    }
}
