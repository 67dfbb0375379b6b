package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/**
 * What every contract stands on: a fresh store a test.
 *
 * <p>An adapter extends each contract and opens its store; JUnit Jupiter must be on its test path.
 */
public abstract class Contract {

    /** The instant at which samples are made. */
    protected static final Instant NOW = Instant.parse("2026-03-29T07:30:00.123Z");

    /** Who makes the samples' changes. */
    protected static final Actor ACTOR = Actor.system("contract");

    /** How long to wait for what must come; no test waits that long when all is well. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong births = new AtomicLong();
    private Store store = new MemoryStore();

    /** A fresh, empty store; the test closes it. */
    protected abstract Store open() throws Exception;

    /** Opens the store of this test. */
    @BeforeEach
    protected final void openStore() throws Exception {
        store = open();
    }

    /** Closes the store of this test. */
    @AfterEach
    protected final void closeStore() {
        store.close();
    }

    /** The store of this test. */
    protected final Store store() {
        return store;
    }

    /** Reads from it. */
    protected final <T> T read(Function<? super Snapshot, ? extends T> work) {
        return store.read(work);
    }

    /** Writes to it. */
    protected final <T> T write(Function<? super Transaction, ? extends T> work) {
        return store.write(work);
    }

    /** Applies images in one transaction; the changes in order. */
    protected final List<Change> put(Image... images) {
        return store.write(
                tx -> {
                    List<Change> changes = new ArrayList<>();
                    for (Image image : images) {
                        changes.add(tx.apply(draft(image)));
                    }
                    return changes;
                });
    }

    /** A change that awaits its number. */
    protected static Change draft(Image image) {
        return Change.draft(ACTOR, "test.put", NOW, image);
    }

    /** A UUID that no other call gave; ascending. */
    protected final UUID uuid() {
        return new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0000L + births.incrementAndGet());
    }

    /** A new task of that title. */
    protected final Task task(String title) {
        UUID id = uuid();
        Position position = Position.ofBirth(id.getLeastSignificantBits() & Long.MAX_VALUE);
        return Task.titled(new Task.Id(id), title, position, NOW);
    }

    /** That task under another title, one revision on. */
    protected static Task retitled(Task task, String title) {
        return task.edit(TaskEdit.of(new TaskEdit.Title(title)), NOW.plusSeconds(1));
    }

    /** The same task at another revision. */
    protected static Task at(Task task, long revision) {
        return task.with(TaskEdit.of(), new Revision(revision), task.stamp());
    }

    /** A new label of that name. */
    protected final Label label(String name) {
        return Label.named(new Label.Id(uuid()), name, NOW);
    }

    /** That label under another name, one revision on. */
    protected static Label renamed(Label label, String name) {
        return label.edit(CatalogEdit.of(new CatalogEdit.Name(name)), NOW.plusSeconds(1));
    }

    /** The end of an entity, one revision on. */
    protected static Image.Gone gone(Image image) {
        return new Image.Gone(image.id(), image.revision().next());
    }

    /** The stamp of the samples. */
    protected static Stamp stamp() {
        return Stamp.born(NOW);
    }

    /** The whole feed, by pages. */
    protected final List<Change> feed() {
        return read(
                snapshot -> {
                    List<Change> all = new ArrayList<>();
                    List<Change> some = snapshot.changes(Seq.START, Limits.CHANGES_PAGE);
                    while (!some.isEmpty()) {
                        all.addAll(some);
                        Seq last = some.get(some.size() - 1).seq();
                        some = snapshot.changes(last, Limits.CHANGES_PAGE);
                    }
                    return all;
                });
    }

    /** All entities of a kind, ascending by id. */
    protected final List<Image> all(Image.Kind kind) {
        List<Image> all = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Listing<Image> list = new Listing.All<>(Image.class, kind, next.get(), Limits.PAGE);
            Page<Image> page = store.read(s -> s.page(list));
            all.addAll(page.items());
            next = page.next();
        }
        return all;
    }

    /** The refusal that some work must meet. */
    protected static Refusal refusal(Executable work) {
        return assertThrows(Refused.class, work).refusal();
    }

    /** The seed of a random test: {@code -Drocket.seed=…} or a new one; printed. */
    protected static long seed(String test) {
        Long given = Long.getLong("rocket.seed");
        long seed = given != null ? given : System.nanoTime();
        System.out.println(test + ": -Drocket.seed=" + seed);
        return seed;
    }
}
