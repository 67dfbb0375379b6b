package dev.rocket.bootstrap.exchange;

import dev.rocket.core.contract.Samples;
import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.Once;
import dev.rocket.core.usecase.Plan;
import dev.rocket.core.usecase.UseCases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Commands and questions that follow from a seed, and what a store answers to each. */
final class RandomCommands {

    private static final Instant START = Instant.parse("2026-03-29T07:30:00Z");
    private static final List<Image.Kind> CATALOG =
            List.of(Image.Kind.PROJECT, Image.Kind.LABEL, Image.Kind.MEMBER);

    private final Random random;
    private final Samples samples;
    private final UseCases all;
    private final Places places = new Places();
    private final Map<Image.Kind, List<UUID>> made = new HashMap<>();
    private Instant now = START;
    private int refusals;

    RandomCommands(Store store, long seed) {
        random = new Random(seed);
        samples = new Samples(random);
        all = UseCases.over(store, () -> now, new Random(seed), Meter.NONE);
    }

    /** How many were refused so far. */
    int refusals() {
        return refusals;
    }

    /** Does the next; the answer or the refusal, in words. */
    String next() {
        now = now.plusMillis(random.nextInt(2_000));
        Caller caller = Caller.system("test");
        if (random.nextInt(5) == 0) {
            caller = caller.once("key-" + random.nextInt(60), "print-" + random.nextInt(2));
        }
        Caller asks = caller;
        Supplier<String> command =
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> one(all.tasks().creation(asks, fields(true)), asks);
                    case 3, 4 -> one(edition(asks), asks);
                    case 5 ->
                            one(
                                    all.tasks()
                                            .deletion(
                                                    asks,
                                                    id(Task.Id::new, Image.Kind.TASK),
                                                    expected()),
                                    asks);
                    case 6 -> catalog(asks);
                    case 7 -> comment(asks);
                    case 8 -> batch(asks, random.nextBoolean());
                    default -> question(asks);
                };
        try {
            return command.get();
        } catch (Refused refused) {
            refusals++;
            return refused.refusal().toString();
        }
    }

    private Supplier<String> one(Plan plan, Caller caller) {
        return () -> told(all.batch().all(caller, List.of(plan)).get(0));
    }

    private String told(Change change) {
        Image.Id<?> id = change.image().id();
        List<UUID> known = made.computeIfAbsent(id.kind(), kind -> new ArrayList<>());
        if (!known.contains(id.value())) {
            known.add(id.value());
        }
        return places.told(change);
    }

    private Plan edition(Caller caller) {
        Task.Id id = id(Task.Id::new, Image.Kind.TASK);
        return all.tasks().edition(caller, id, expected(), fields(false));
    }

    /** Mostly whatever is current. */
    private Optional<Revision> expected() {
        return random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new Revision(1 + random.nextInt(4)));
    }

    private <I> I id(java.util.function.Function<UUID, I> wrap, Image.Kind kind) {
        List<UUID> known = made.getOrDefault(kind, List.of());
        boolean any = known.isEmpty() || random.nextInt(20) == 0;
        return wrap.apply(any ? samples.uuid() : known.get(random.nextInt(known.size())));
    }

    private TaskEdit fields(boolean birth) {
        List<TaskEdit.Part> parts = new ArrayList<>();
        if (birth || random.nextInt(3) == 0) {
            parts.add(new TaskEdit.Title(samples.words(1 + random.nextInt(3))));
        }
        if (random.nextInt(4) == 0) {
            parts.add(new TaskEdit.Notes(samples.words(random.nextInt(8))));
        }
        if (random.nextInt(3) == 0) {
            parts.add(new TaskEdit.State(samples.pick(List.of(Status.values()))));
            parts.add(new TaskEdit.Urgency(samples.pick(List.of(Priority.values()))));
            parts.add(new TaskEdit.DueOn(samples.due()));
        }
        if (random.nextInt(3) == 0) {
            parts.add(new TaskEdit.InProject(maybe(Project.Id::new, Image.Kind.PROJECT)));
            parts.add(new TaskEdit.GivenTo(maybe(Member.Id::new, Image.Kind.MEMBER)));
        }
        if (random.nextInt(3) == 0) {
            List<Label.Id> labels = maybe(Label.Id::new, Image.Kind.LABEL).stream().toList();
            parts.add(new TaskEdit.Labels(Links.sorted(labels)));
        }
        if (random.nextInt(3) == 0) {
            parts.add(new TaskEdit.Under(maybe(Task.Id::new, Image.Kind.TASK)));
        }
        return TaskEdit.of(parts.toArray(TaskEdit.Part[]::new));
    }

    private <I> Optional<I> maybe(java.util.function.Function<UUID, I> wrap, Image.Kind kind) {
        I id = id(wrap, kind);
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(id);
    }

    private Supplier<String> catalog(Caller caller) {
        Image.Kind kind = samples.pick(CATALOG);
        String name = samples.words(1);
        CatalogEdit edit = CatalogEdit.of(new CatalogEdit.Name(name));
        @SuppressWarnings("unchecked") // the kinds of the catalog have ids of catalog entries
        Image.Id<? extends Catalogued> id = (Image.Id<? extends Catalogued>) id(kind::id, kind);
        Optional<Revision> expected = expected();
        return switch (random.nextInt(4)) {
            case 0 -> () -> told(all.catalog().delete(caller, id, expected));
            case 1 -> () -> told(all.catalog().edit(caller, id, expected, edit));
            default -> () -> told(all.catalog().create(caller, kind, edit));
        };
    }

    private Supplier<String> comment(Caller caller) {
        Task.Id task = id(Task.Id::new, Image.Kind.TASK);
        Comment.Id id = id(Comment.Id::new, Image.Kind.COMMENT);
        String text = samples.words(4);
        Optional<Revision> expected = expected();
        return switch (random.nextInt(4)) {
            case 0 -> () -> told(all.comments().delete(caller, id, expected));
            case 1 -> () -> told(all.comments().edit(caller, id, expected, text));
            default -> () -> told(all.comments().create(caller, task, text));
        };
    }

    private Supplier<String> batch(Caller caller, boolean whole) {
        SortedMap<Integer, Plan> plans = new TreeMap<>();
        for (int i = 0; i <= random.nextInt(6); i++) {
            plans.put(
                    i,
                    random.nextBoolean()
                            ? all.tasks().creation(caller, fields(true))
                            : edition(caller));
        }
        return whole
                ? () ->
                        all.batch().all(caller, List.copyOf(plans.values())).stream()
                                .map(this::told)
                                .toList()
                                .toString()
                : () ->
                        all.batch().each(caller, plans).stream()
                                .map(this::told)
                                .toList()
                                .toString();
    }

    private String told(Once.Outcome outcome) {
        return switch (outcome) {
            case Once.Outcome.Done done -> told(done.change());
            case Once.Outcome.No no -> no.refusal().toString();
        };
    }

    private Supplier<String> question(Caller caller) {
        TaskFilter filter = TaskFilter.ANY;
        if (random.nextBoolean()) {
            filter = filter.withWords(Words.parse(samples.words(1) + "*"));
        }
        if (random.nextBoolean()) {
            Image.Kind kind = samples.pick(CATALOG);
            filter = filter.withLinks(TaskFilter.mentioning(id(kind::id, kind)).links());
        }
        TaskOrder order = samples.pick(List.of(TaskOrder.values()));
        Listing.Tasks tasks = new Listing.Tasks(filter, order, Cursor.START, 20);
        Task.Id task = id(Task.Id::new, Image.Kind.TASK);
        return switch (random.nextInt(3)) {
            case 0 -> () -> all.find().one(caller, task).toString();
            case 1 ->
                    () ->
                            all.find()
                                    .list(caller, new Listing.Comments(task, Cursor.START, 20))
                                    .toString();
            default -> () -> all.find().page(caller, tasks).toString();
        };
    }
}
