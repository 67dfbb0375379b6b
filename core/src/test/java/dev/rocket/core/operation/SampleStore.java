package dev.rocket.core.operation;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.Samples;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A store with some of everything. */
final class SampleStore {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final Actor ACTOR = Actor.system("test");

    private SampleStore() {}

    /** Applies an image as the next change. */
    static void apply(Store store, Image image) {
        store.write(tx -> tx.apply(Change.draft(ACTOR, "test", NOW, image)));
    }

    /** A store whose tasks were edited, nested and remarked on at random. */
    static Store of(long seed) {
        Random random = new Random(seed);
        Samples samples = new Samples(random);
        Store store = new MemoryStore();
        Project project = Project.named(new Project.Id(samples.uuid()), "Garden", NOW);
        Label label = Label.named(new Label.Id(samples.uuid()), "shop", NOW);
        Member member = Member.named(new Member.Id(samples.uuid()), "Ada", NOW);
        List.of(project, label, member).forEach(image -> apply(store, image));
        apply(store, token(samples));
        apply(store, Job.born("backup", "here", NOW, NOW));
        List<Task.Id> ids = new ArrayList<>();
        for (int i = 0; i < random.nextInt(700); i++) {
            boolean nested = i > 0 && i % 3 == 1;
            Optional<Task.Id> parent =
                    nested ? Optional.of(ids.get(i - 1)) : Optional.<Task.Id>empty();
            Links links =
                    new Links(
                            Optional.of(project.id()),
                            parent,
                            Links.sorted(List.of(label.id())),
                            Optional.of(member.id()));
            Task task = linked(samples.task(parent), random.nextBoolean() ? links : bare(parent));
            apply(store, task);
            for (int edit = random.nextInt(3); edit > 0; edit--) {
                task = task.edit(TaskEdit.of(new TaskEdit.Title(samples.words(3))), NOW);
                apply(store, task);
            }
            ids.add(task.id());
            if (random.nextInt(4) == 0) {
                apply(store, comment(samples, task.id()));
            }
        }
        return store;
    }

    private static Links bare(Optional<Task.Id> parent) {
        return Links.NONE.withParent(parent);
    }

    private static Task linked(Task task, Links links) {
        TaskEdit edit =
                TaskEdit.of(
                        new TaskEdit.InProject(links.project()),
                        new TaskEdit.Under(links.parent()),
                        new TaskEdit.Labels(links.labels()),
                        new TaskEdit.GivenTo(links.assignee()));
        return task.with(edit, task.revision(), task.stamp());
    }

    private static Comment comment(Samples samples, Task.Id task) {
        Comment.Id id = new Comment.Id(samples.uuid());
        return new Comment(id, Revision.FIRST, task, ACTOR, samples.words(9), Stamp.born(NOW));
    }

    private static Token token(Samples samples) {
        return new Token(
                new Token.Id(samples.uuid()),
                Revision.FIRST,
                "laptop",
                Token.hash("secret"),
                Set.of(Token.Scope.READ),
                Optional.empty(),
                Stamp.born(NOW));
    }
}
