package dev.rocket.http.api;

import dev.rocket.core.model.Due;
import dev.rocket.core.model.InstantText;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import dev.rocket.http.wire.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A list of tasks, as a query asks for it. */
final class TaskQuery {

    /** The parameters that are understood. */
    static final Set<String> KNOWN =
            Set.of(
                    "limit",
                    "after",
                    "order",
                    "status",
                    "project",
                    "label",
                    "assignee",
                    "parent",
                    "q",
                    "due_from",
                    "due_before",
                    "updated_since");

    private TaskQuery() {}

    /** The list that a query asks for. Refuses with Invalid. */
    static Listing.Tasks listing(Query query) {
        TaskOrder order = query.one("order").map(TaskOrder::parse).orElse(TaskOrder.POSITION);
        return new Listing.Tasks(
                filter(query), order, Pages.after(query, order.wire()), Pages.limit(query));
    }

    private static TaskFilter filter(Query query) {
        if (query.isEmpty()) {
            return TaskFilter.ANY;
        }
        return new TaskFilter(
                statuses(query),
                new TaskFilter.Mentions(
                        Pages.id(query, "project", Project.Id::new),
                        Pages.id(query, "label", Label.Id::new),
                        Pages.id(query, "assignee", Member.Id::new),
                        Pages.id(query, "parent", Task.Id::new)),
                new TaskFilter.DueRange(due(query, "due_from"), due(query, "due_before")),
                query.one("q").map(Words::parse).orElse(Words.ANY),
                query.one("updated_since").map(TaskQuery::instant));
    }

    /** The statuses, given one by one or with commas between. */
    private static Set<Status> statuses(Query query) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        for (String value : query.all("status")) {
            for (String name : value.split(",", -1)) {
                statuses.add(Status.parse(name));
            }
        }
        return statuses;
    }

    private static Optional<String> due(Query query, String name) {
        return query.one(name)
                .map(
                        text -> {
                            Due due = Due.parse(name, text);
                            if (due instanceof Due.Zoned) {
                                throw Refused.invalid(
                                        name,
                                        "must be a day (2026-03-29) or a local time"
                                                + " (2026-03-29T09:30:00)");
                            }
                            return due.sortKey();
                        });
    }

    private static Instant instant(String text) {
        try {
            return InstantText.parse(text);
        } catch (DateTimeException e) {
            throw Refused.invalid("updated_since", "must look like 2026-03-29T07:30:00Z");
        }
    }
}
