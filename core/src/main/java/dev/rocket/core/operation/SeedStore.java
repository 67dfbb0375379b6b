package dev.rocket.core.operation;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Due;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Sample data, as people would have made it over the last months.
 *
 * <p>Projects, labels, members, tasks with subtasks, and comments, written through the write door.
 * The same chance and clock give the same data.
 */
public final class SeedStore {

    private static final Actor ACTOR = Actor.system("seed");
    private static final int STEP = 200;
    private static final int TASKS_A_PROJECT = 100;
    private static final int PROJECTS = 1_000;
    private static final int MONTHS_MINUTES = 60 * 24 * 180;

    private final Store store;
    private final Instant now;
    private final RandomGenerator chance;
    private final SampleText text;
    private final List<Project.Id> projects = new ArrayList<>();
    private final List<Label.Id> labels = new ArrayList<>();
    private final List<Member.Id> members = new ArrayList<>();
    private long births;

    /** Writes to a store, by a clock and by chance. */
    public SeedStore(Store store, InstantSource clock, RandomGenerator chance) {
        this.store = store;
        this.now = clock.instant();
        this.chance = chance;
        this.text = new SampleText(chance);
    }

    /** Whether a store holds no task, so that sample data disturbs nobody. */
    public static boolean fits(Store store) {
        Listing<Task> first = new Listing.All<>(Task.class, Image.Kind.TASK, Cursor.START, 1);
        return store.<Boolean>read(snapshot -> snapshot.page(first).items().isEmpty());
    }

    /**
     * Writes.
     *
     * @param tasks how many, besides what belongs to them
     * @param progress hears how many tasks were written so far
     * @throws dev.rocket.core.model.Refused with Taken when such names are there already
     * @throws dev.rocket.core.port.StoreException when the machine failed
     */
    public void run(int tasks, LongConsumer progress) {
        write(catalog(tasks));
        Optional<Task> parent = Optional.empty();
        int written = 0;
        while (written < tasks) {
            List<Image> images = new ArrayList<>();
            for (int i = 0; i < STEP && written < tasks; i++) {
                Task task = task(parent.filter(any -> chance.nextInt(5) == 0));
                images.add(task);
                for (int left = chance.nextInt(8) - 5; left > 0; left--) {
                    images.add(comment(task));
                }
                parent = task.links().parent().isEmpty() ? Optional.of(task) : parent;
                written++;
            }
            write(images);
            progress.accept(written);
        }
    }

    private void write(List<Image> images) {
        store.write(
                tx -> {
                    images.forEach(
                            image -> tx.apply(Change.draft(ACTOR, "seed", born(image), image)));
                    return images.size();
                });
    }

    private Instant born(Image image) {
        return switch (image) {
            case Task task -> task.stamp().created();
            case Comment comment -> comment.stamp().created();
            default -> now;
        };
    }

    private List<Image> catalog(int tasks) {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i <= Math.min(PROJECTS, tasks / TASKS_A_PROJECT); i++) {
            Project.Id id = new Project.Id(id());
            projects.add(id);
            images.add(Project.named(id, text.project(i), now));
        }
        for (String name : SampleText.LABELS) {
            Label.Id id = new Label.Id(id());
            labels.add(id);
            images.add(Label.named(id, name, now));
        }
        for (String name : SampleText.MEMBERS) {
            Member.Id id = new Member.Id(id());
            members.add(id);
            images.add(Member.named(id, name, now));
        }
        return images;
    }

    private Task task(Optional<Task> parent) {
        Instant born = now.minus(Duration.ofMinutes(chance.nextInt(MONTHS_MINUTES)));
        Position position = Position.ofBirth((born.toEpochMilli() << 12) + births);
        Task blank = Task.titled(new Task.Id(id()), text.title(), position, born);
        Status status = status();
        Links links =
                new Links(
                        chance.nextInt(5) > 0 ? Optional.of(text.pick(projects)) : Optional.empty(),
                        parent.map(Task::id),
                        Links.sorted(
                                chance.nextInt(3) == 0 ? List.of(text.pick(labels)) : List.of()),
                        chance.nextBoolean() ? Optional.of(text.pick(members)) : Optional.empty());
        TaskEdit edit =
                TaskEdit.of(
                        new TaskEdit.Notes(text.notes()),
                        new TaskEdit.State(status),
                        new TaskEdit.Urgency(text.pick(List.of(Priority.values()))),
                        new TaskEdit.DueOn(due(born)),
                        new TaskEdit.InProject(links.project()),
                        new TaskEdit.Under(links.parent()),
                        new TaskEdit.Labels(links.labels()),
                        new TaskEdit.GivenTo(links.assignee()));
        return blank.with(edit, Revision.FIRST, Stamp.born(born));
    }

    private Status status() {
        int lot = chance.nextInt(10);
        return lot < 4
                ? Status.DONE
                : lot < 5 ? Status.CANCELLED : lot < 6 ? Status.IN_PROGRESS : Status.OPEN;
    }

    private Optional<Due> due(Instant born) {
        if (chance.nextBoolean()) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.ofInstant(born, ZoneOffset.UTC);
        return Optional.of(new Due.Day(day.plusDays(1 + chance.nextInt(250))));
    }

    private Comment comment(Task task) {
        Stamp stamp = Stamp.born(task.stamp().created());
        Comment.Id id = new Comment.Id(id());
        return new Comment(id, Revision.FIRST, task.id(), ACTOR, text.remark(), stamp);
    }

    /** Ids that ascend, as those of a server do. */
    private UUID id() {
        long birth = (now.toEpochMilli() << 12) + births++;
        long high = (birth >>> 12 << 16) | 0x7000 | (birth & 0xfff);
        long low = (chance.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
