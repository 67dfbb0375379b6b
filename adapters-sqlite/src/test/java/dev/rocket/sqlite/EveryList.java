package dev.rocket.sqlite;

import dev.rocket.core.contract.Samples;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Every kind of list of tasks, and tasks that all of them pick. */
final class EveryList {

    static final Instant NOW = Instant.parse("2026-03-29T07:30:00Z");
    static final Project.Id PROJECT = new Project.Id(new UUID(1, 1));
    static final Label.Id LABEL = new Label.Id(new UUID(2, 2));
    static final Member.Id MEMBER = new Member.Id(new UUID(3, 3));
    static final Task.Id PARENT = new Task.Id(new UUID(4, 4));

    private EveryList() {}

    /** Tasks that every condition picks. */
    static void fill(Statements statements, int tasks) {
        fill(statements, 0, tasks);
    }

    static void fill(Statements statements, int from, int to) {
        SqliteTransaction tx = new SqliteTransaction(statements);
        statements.run("BEGIN IMMEDIATE");
        tx.begin();
        for (int i = from; i < to; i++) {
            Task born =
                    Task.titled(
                            new Task.Id(new UUID(9, i)), "harbour light", Position.ofBirth(i), NOW);
            Links links =
                    new Links(
                            Optional.of(PROJECT),
                            Optional.of(PARENT),
                            Links.sorted(List.of(LABEL)),
                            Optional.of(MEMBER));
            Task task =
                    new Task(
                            born.id(),
                            born.revision(),
                            born.title(),
                            born.notes(),
                            born.status(),
                            born.priority(),
                            born.schedule(),
                            links,
                            born.position(),
                            born.stamp(),
                            born.completed());
            tx.apply(draft(task));
        }
        tx.settle();
        statements.run("COMMIT");
    }

    /** A change that awaits its number. */
    static Change draft(Image image) {
        return Change.draft(Actor.system("plans"), "test.put", NOW, image);
    }

    private static Map<String, TaskFilter> filters() {
        Map<String, TaskFilter> filters = new LinkedHashMap<>();
        TaskFilter any = TaskFilter.ANY;
        filters.put("nothing", any);
        filters.put("project", TaskFilter.mentioning(PROJECT));
        filters.put("label", TaskFilter.mentioning(LABEL));
        filters.put("assignee", TaskFilter.mentioning(MEMBER));
        filters.put("parent", TaskFilter.mentioning(PARENT));
        filters.put(
                "all links",
                any.withLinks(
                        new TaskFilter.Mentions(
                                Optional.of(PROJECT),
                                Optional.of(LABEL),
                                Optional.of(MEMBER),
                                Optional.of(PARENT))));
        filters.put("a word", any.withWords(Words.parse("harbour")));
        filters.put("two words", any.withWords(Words.parse("harbour light")));
        filters.put("a prefix", any.withWords(Words.parse("harb*")));
        filters.put("a word nobody has", any.withWords(Words.parse("harbour nowhere")));
        filters.put("due from", any.withDue(due(Optional.of("2026-03-01"), Optional.empty())));
        filters.put("due before", any.withDue(due(Optional.empty(), Optional.of("2026-04-01"))));
        filters.put(
                "due between",
                any.withDue(due(Optional.of("2026-03-01"), Optional.of("2026-04-01"))));
        filters.put("updated since", any.withUpdatedSince(Optional.of(NOW)));
        return filters;
    }

    private static TaskFilter.DueRange due(Optional<String> from, Optional<String> before) {
        return new TaskFilter.DueRange(from, before);
    }

    private static List<Set<Status>> statuses() {
        return List.of(
                Set.of(),
                Set.of(Status.OPEN),
                Set.of(Status.OPEN, Status.IN_PROGRESS),
                Set.of(Status.values()));
    }

    /** Runs every kind of list; what each of them prepared, by a name for messages. */
    static Map<String, Set<String>> lists(Recorded recorded) {
        Map<String, Set<String>> run = new LinkedHashMap<>();
        Task last = Samples.fullTask(new UUID(9, 9));
        for (TaskOrder order : TaskOrder.values()) {
            filters()
                    .forEach(
                            (name, filter) -> {
                                for (Set<Status> some : statuses()) {
                                    for (Cursor after :
                                            List.of(Cursor.START, Cursor.behind(last, order))) {
                                        Listing.Tasks listing =
                                                new Listing.Tasks(
                                                        filter.withStatuses(some),
                                                        order,
                                                        after,
                                                        50);
                                        recorded.taken();
                                        new SqliteSnapshot(recorded.statements()).page(listing);
                                        String what =
                                                name
                                                        + " by "
                                                        + order
                                                        + " "
                                                        + some
                                                        + " from "
                                                        + after.key();
                                        run.put(what, recorded.taken());
                                    }
                                }
                            });
        }
        return run;
    }
}
