package dev.rocket.sqlite;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.contract.Samples;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/** Tasks as they should be after steps of which some were taken back; counts revisions on. */
final class WordModel {

    private static final int TASKS = 60;
    static final List<String> MORE =
            List.of(
                    "Ångström",
                    "ångstrom",
                    "Привет",
                    "ПРИВЕТ",
                    "мир",
                    "漢字",
                    "かな",
                    "ｶﾅ",
                    "カナ",
                    "한국어",
                    "👩‍🚀",
                    "🏳️‍🌈",
                    "ﬂuss",
                    "fluss",
                    "Æther",
                    "½",
                    "1/2",
                    "2024-02-29",
                    "٣",
                    "३",
                    "𝔘𝔫𝔦",
                    "uni",
                    "tiếng",
                    "Việt",
                    "ไทย",
                    "ǆ",
                    "Ǆ",
                    "ẞ",
                    "ss",
                    "a\u0301\u0323",
                    "x\u200dy",
                    "don’t",
                    "l'eau",
                    "AND",
                    "OR",
                    "NEAR",
                    "\"",
                    "*",
                    "^",
                    ":",
                    "col:x");

    /** What a step that is taken back ends with. */
    static final class TakenBack extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    final RandomGenerator random;
    private final Samples samples;
    final Map<Task.Id, Task> living = new HashMap<>();
    private final Map<Task.Id, Long> ended = new HashMap<>();

    WordModel(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        samples = new Samples(random);
    }

    WordModel(WordModel other) {
        random = other.random;
        samples = other.samples;
        become(other);
    }

    void become(WordModel other) {
        living.clear();
        living.putAll(other.living);
        ended.clear();
        ended.putAll(other.ended);
    }

    String text() {
        StringBuilder text = new StringBuilder(samples.words(1 + random.nextInt(3)));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(' ').append(samples.pick(MORE));
        }
        return text.toString();
    }

    /** Does one thing to one task. */
    void step(Transaction tx) {
        int dice = random.nextInt(10);
        if (living.size() < 2 || (dice < 3 && living.size() < TASKS)) {
            give(tx, samples.task(Optional.empty()));
        } else if (dice < 5 && !ended.isEmpty()) {
            Task.Id id = samples.pick(List.copyOf(ended.keySet()));
            Task again = samples.task(Optional.empty());
            give(tx, revived(again, id, ended.getOrDefault(id, 0L) + 1));
        } else if (dice < 6) {
            Task task = any();
            tx.apply(draft(new Image.Gone(task.id(), task.revision().next())));
            living.remove(task.id());
            ended.put(task.id(), task.revision().value() + 1);
        } else {
            TaskEdit edit =
                    random.nextBoolean()
                            ? TaskEdit.of(new TaskEdit.Title(text()))
                            : TaskEdit.of(new TaskEdit.Notes(random.nextInt(4) == 0 ? "" : text()));
            give(tx, any().edit(edit, Instant.EPOCH));
        }
    }

    private Task any() {
        return samples.pick(List.copyOf(living.values()));
    }

    private static Task revived(Task task, Task.Id id, long revision) {
        return new Task(
                id,
                new Revision(revision),
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

    private void give(Transaction tx, Task task) {
        tx.apply(draft(task));
        living.put(task.id(), task);
        ended.remove(task.id());
    }

    /** Does several things, in savepoints or not, some of which are taken back. */
    void several(Transaction tx, int depth) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int dice = random.nextInt(6);
            if (depth < 3 && dice == 0) {
                tx.attempt(
                        () -> {
                            several(tx, depth + 1);
                            return true;
                        });
            } else if (depth < 3 && dice == 1) {
                WordModel before = new WordModel(this);
                assertThrows(TakenBack.class, () -> tx.attempt(() -> refused(tx, depth + 1)));
                become(before);
            } else if (dice == 2) {
                found(tx, words());
            } else {
                step(tx);
            }
        }
    }

    private boolean refused(Transaction tx, int depth) {
        several(tx, depth);
        throw new TakenBack();
    }

    /** A word that somebody has or had, whole, cut, or with another. */
    Words words() {
        String text = text();
        int cut = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
        return switch (random.nextInt(3)) {
            case 0 -> Words.parse(text.split(" ", -1)[0]);
            case 1 -> Words.parse(text);
            default -> Words.parse(text.substring(0, cut) + "*");
        };
    }

    Set<Task.Id> matching(Words words) {
        return living.values().stream()
                .filter(words::match)
                .map(Task::id)
                .collect(Collectors.toSet());
    }

    static Change draft(Image image) {
        return Change.draft(Actor.system("words"), "test.put", Instant.EPOCH, image);
    }

    static Set<Task.Id> found(Snapshot snapshot, Words words) {
        TaskFilter filter = TaskFilter.ANY.withWords(words);
        Page<Task> page =
                snapshot.page(new Listing.Tasks(filter, TaskOrder.DUE, Cursor.START, Limits.PAGE));
        return page.items().stream().map(Task::id).collect(Collectors.toSet());
    }
}
