package dev.rocket.core.contract;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What fills a store with a past that follows from a seed.
 *
 * <p>Entities are made, edited, deleted and made again, with gaps between places, and receipts.
 */
public final class RandomFeed {

    private static final Instant NOW = Instant.parse("2026-03-29T07:30:00.123Z");
    private static final Actor ACTOR = new Actor("system:feed", "back\\slash \"so\" 🥛 \\N");
    private static final int LIVING = 200;
    private static final int WRITES_A_MILLISECOND = 1_000;
    private static final List<Image.Kind> KINDS = List.of(Image.Kind.values());

    private final Random random;
    private final Samples samples;
    private final List<Image> living = new ArrayList<>();
    private final List<Image> gone = new ArrayList<>();
    private int images;

    private RandomFeed(long seed) {
        random = new Random(seed);
        samples = new Samples(random);
    }

    /** Writes that many times to a store, one to three changes each. */
    public static void fill(Store store, long seed, int writes) {
        RandomFeed feed = new RandomFeed(seed);
        for (int i = 0; i < writes; i++) {
            int number = i;
            List<Image> images = feed.next();
            boolean skips = feed.random.nextInt(40) == 0;
            boolean keyed = feed.random.nextInt(3) > 0;
            store.write(
                    tx -> {
                        List<Change> changes = apply(tx, images, skips);
                        if (keyed) {
                            tx.remember(receipt(number, changes));
                        }
                        return changes;
                    });
        }
    }

    private static List<Change> apply(Transaction tx, List<Image> images, boolean skips) {
        List<Change> changes = new ArrayList<>();
        for (Image image : images) {
            Change draft = Change.draft(ACTOR, "test.random", NOW, image);
            Seq later = new Seq(tx.seq().value() + 30);
            changes.add(tx.apply(skips ? draft.placed(later, Seq.START) : draft));
        }
        return changes;
    }

    /** Many in one millisecond, so that a page of receipts ends between equals. */
    private static Receipt receipt(int number, List<Change> changes) {
        Receipt.Key key = new Receipt.Key("token:" + number % 7, "word\\ ✓ " + number);
        Instant at = NOW.plusMillis(number / WRITES_A_MILLISECOND);
        return new Receipt(key, "print " + number, at, changes.stream().map(Change::seq).toList());
    }

    private List<Image> next() {
        List<Image> next = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            next.add(one());
        }
        return next;
    }

    private Image one() {
        int choice = random.nextInt(10);
        if (!living.isEmpty() && choice < 2) {
            Image image = living.remove(random.nextInt(living.size()));
            Image end = new Image.Gone(image.id(), image.revision().next());
            gone.add(end);
            return end;
        }
        if (!gone.isEmpty() && choice == 2) {
            return lives(after(gone.remove(random.nextInt(gone.size()))));
        }
        if (living.size() > LIVING || (!living.isEmpty() && choice < 7)) {
            return lives(after(living.remove(random.nextInt(living.size()))));
        }
        Image.Kind kind = random.nextBoolean() ? Image.Kind.TASK : samples.pick(KINDS);
        return lives(image(kind.id(samples.uuid()), Revision.FIRST));
    }

    private Image lives(Image image) {
        living.add(image);
        return image;
    }

    private Image after(Image image) {
        return image(image.id(), image.revision().next());
    }

    private Image image(Image.Id<?> some, Revision at) {
        String name = "name\\n " + ++images + " 🥛";
        Stamp stamp = Stamp.born(NOW);
        Task task = samples.task(Optional.empty());
        return switch (some) {
            case Task.Id id -> like(task, id, at);
            case Project.Id id ->
                    new Project(id, at, name, task.notes(), Optional.empty(), false, stamp);
            case Label.Id id -> new Label(id, at, name, Optional.empty(), stamp);
            case Member.Id id -> new Member(id, at, name, Optional.empty(), stamp);
            case Comment.Id id -> new Comment(id, at, task.id(), ACTOR, task.title(), stamp);
            case Token.Id id ->
                    new Token(
                            id,
                            at,
                            name,
                            Token.hash(name),
                            Set.of(Token.Scope.READ),
                            Optional.empty(),
                            stamp);
            case Job.Id id -> job(id, at, stamp);
        };
    }

    private Job job(Job.Id id, Revision at, Stamp stamp) {
        Job.Lease lease = new Job.Lease("a server", at, NOW);
        Job.Run run = new Job.Run("another", NOW, NOW, Job.Result.OK, "done " + images);
        return new Job(
                id,
                at,
                "job-" + images,
                Optional.of(lease),
                Optional.of(run),
                Optional.of(NOW),
                Optional.empty(),
                1,
                stamp);
    }

    private static Task like(Task task, Task.Id id, Revision at) {
        return new Task(
                id,
                at,
                task.title(),
                task.notes(),
                task.status(),
                task.priority(),
                task.schedule(),
                task.links(),
                task.position(),
                task.stamp(),
                task.completed());
    }
}
