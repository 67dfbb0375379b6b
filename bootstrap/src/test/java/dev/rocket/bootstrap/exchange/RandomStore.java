package dev.rocket.bootstrap.exchange;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.Samples;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A store with some of everything that an export holds. */
public final class RandomStore {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    private static final Actor ACTOR = Actor.system("test");

    private RandomStore() {}

    /** A store that follows from the seed. */
    public static Store of(long seed) {
        Store store = new MemoryStore();
        fill(store, seed);
        return store;
    }

    /** Fills a store with what follows from the seed. */
    public static void fill(Store store, long seed) {
        Random random = new Random(seed);
        Samples samples = new Samples(random);
        List<Image> images = new ArrayList<>();
        Project project = Project.named(new Project.Id(samples.uuid()), "Garden", NOW);
        Label label = Label.named(new Label.Id(samples.uuid()), "shop", NOW);
        Member member = Member.named(new Member.Id(samples.uuid()), "Ada", NOW);
        images.addAll(List.of(project, label, member));
        Links links =
                new Links(
                        Optional.of(project.id()),
                        Optional.empty(),
                        Links.sorted(List.of(label.id())),
                        Optional.of(member.id()));
        Optional<Task.Id> last = Optional.empty();
        for (int i = 0; i < 10 + random.nextInt(900); i++) {
            Optional<Task.Id> parent = i % 3 == 1 ? last : Optional.empty();
            Links all = random.nextBoolean() ? links : Links.NONE;
            Task task = linked(samples.task(parent), all.withParent(parent));
            images.add(task);
            if (random.nextInt(3) == 0) {
                images.add(task.edit(TaskEdit.of(new TaskEdit.Title(samples.words(3))), NOW));
            }
            if (random.nextInt(3) == 0) {
                images.add(comment(samples, task.id()));
            }
            last = Optional.of(task.id());
        }
        images.forEach(
                image -> store.write(tx -> tx.apply(Change.draft(ACTOR, "test", NOW, image))));
    }

    /** Applies all changes of one store to another, each at its place. */
    public static void copy(Store from, Store to) {
        Seq at = Seq.START;
        List<Change> page = page(from, at);
        while (!page.isEmpty()) {
            List<Change> some = page;
            to.write(tx -> some.stream().map(tx::apply).toList());
            at = some.get(some.size() - 1).seq();
            page = page(from, at);
        }
    }

    private static List<Change> page(Store from, Seq at) {
        return from.read(snapshot -> snapshot.changes(at, Limits.CHANGES_PAGE));
    }

    private static Comment comment(Samples samples, Task.Id task) {
        Comment.Id id = new Comment.Id(samples.uuid());
        return new Comment(id, Revision.FIRST, task, ACTOR, samples.words(9), Stamp.born(NOW));
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
}
