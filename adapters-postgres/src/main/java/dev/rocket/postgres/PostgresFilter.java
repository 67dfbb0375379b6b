package dev.rocket.postgres;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.TaskFilter;
import dev.rocket.core.model.TaskOrder;
import dev.rocket.core.model.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A list of tasks as SQL that reads indexes alone.
 *
 * <p>There are two ways. Where a condition picks few tasks (a project, an assignee, a parent, a
 * label, words), they are fetched through its own index and sorted: at most {@link #FEW}. Otherwise
 * the index of the order is walked from the cursor on, one walk a status, each cut at the page's
 * size, and the walks are merged. How many a condition picks is counted as far as {@link #FEW}.
 */
final class PostgresFilter {

    /** Tasks that are fetched and sorted for one page at most. */
    static final int FEW = 1_000;

    private final Statements statements;
    private final Listing.Tasks listing;
    private final TaskFilter filter;
    private final String column;

    PostgresFilter(Statements statements, Listing.Tasks listing) {
        this.statements = statements;
        this.listing = listing;
        this.filter = listing.filter();
        this.column = listing.order().wire();
    }

    /**
     * A statement and what to bind.
     *
     * @param sql gives how many tasks there are, up to one more than the page holds, and their
     *     images in the order asked for, joined by {@link Printed#BETWEEN}
     * @param values in the order of the question marks
     */
    record Query(String sql, List<Object> values) {}

    /** A condition that has an index of its own. */
    private record Way(String count, String where, Object value) {}

    /** Whether a listing is one walk, so that nothing is counted before. */
    static boolean isWalk(Listing.Tasks listing) {
        return listing.filter().links().equals(TaskFilter.Mentions.ANY)
                && listing.filter().words().terms().isEmpty();
    }

    /** The statement for the listing. */
    Query query() {
        Optional<Way> narrow =
                ways().stream()
                        .filter(way -> picks(way) < FEW)
                        .min(Comparator.comparingLong(this::picks));
        return narrow.map(this::fetch).orElseGet(this::walk);
    }

    private long picks(Way way) {
        String sql = "SELECT count(*) FROM (SELECT 1 FROM " + way.count() + " LIMIT " + FEW + ") f";
        return statements.number(sql, way.value());
    }

    private List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        TaskFilter.Mentions links = filter.links();
        PostgresRows.id(links.project()).ifPresent(id -> ways.add(column("project", id)));
        PostgresRows.id(links.assignee()).ifPresent(id -> ways.add(column("assignee", id)));
        PostgresRows.id(links.parent()).ifPresent(id -> ways.add(column("parent", id)));
        PostgresRows.id(links.label())
                .ifPresent(
                        id ->
                                ways.add(
                                        new Way(
                                                "task_label WHERE label = ?",
                                                "id IN (SELECT task FROM task_label"
                                                        + " WHERE label = ?)",
                                                id)));
        for (Words.Term term : filter.words().terms()) {
            ways.add(
                    new Way(
                            "task_words WHERE words @@ ?::tsquery",
                            "id IN (SELECT task FROM task_words WHERE words @@ ?::tsquery)",
                            TaskWords.query(term)));
        }
        return ways;
    }

    private static Way column(String name, UUID id) {
        return new Way("task WHERE " + name + " = ?", name + " = ?", id);
    }

    /** The few are gathered first, whatever the planner thinks of it, then sorted. */
    private Query fetch(Way way) {
        Clauses clauses = new Clauses();
        if (!filter.statuses().isEmpty()) {
            String marks =
                    filter.statuses().stream().map(s -> "?").collect(Collectors.joining(","));
            Object[] codes = filter.statuses().stream().map(PostgresRows::status).toArray();
            clauses.add("t.status IN (" + marks + ")", codes);
        }
        conditions(clauses);
        List<Object> values = new ArrayList<>(List.of(way.value()));
        values.addAll(clauses.values);
        values.add(listing.limit() + 1);
        String rows =
                "WITH few AS MATERIALIZED (SELECT * FROM task WHERE "
                        + way.where()
                        + ") SELECT t.image, t."
                        + column
                        + " AS k, t.id AS i FROM few t"
                        + clauses.where()
                        + order("t." + column, "t.id")
                        + " LIMIT ?";
        return joined(rows, values);
    }

    private Query walk() {
        Set<Status> statuses =
                filter.statuses().isEmpty() ? Set.of(Status.values()) : filter.statuses();
        List<String> walks = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Status status : Arrays.stream(Status.values()).filter(statuses::contains).toList()) {
            Clauses clauses = new Clauses();
            clauses.add("t.status = ?", PostgresRows.status(status));
            conditions(clauses);
            walks.add(
                    "(SELECT t.image, t."
                            + column
                            + " AS k, t.id AS i FROM task t"
                            + clauses.where()
                            + order("t." + column, "t.id")
                            + " LIMIT ?)");
            values.addAll(clauses.values);
            values.add(listing.limit() + 1);
        }
        if (walks.size() == 1) {
            return joined(walks.get(0), values);
        }
        values.add(listing.limit() + 1);
        String merged = String.join(" UNION ALL ", walks);
        return joined("SELECT * FROM (" + merged + ") m" + order("k", "i") + " LIMIT ?", values);
    }

    private Query joined(String rows, List<Object> values) {
        String sql =
                "SELECT count(*), string_agg(p.image, ',' || chr(10)"
                        + order("p.k", "p.i")
                        + ") FROM ("
                        + rows
                        + ") p";
        return new Query(sql, values);
    }

    private String order(String key, String id) {
        String way = listing.order().descending() ? " DESC" : "";
        return " ORDER BY " + key + way + ", " + id + way;
    }

    private void conditions(Clauses clauses) {
        Cursor after = listing.after();
        if (!after.isStart()) {
            Object key = listing.order().numeric() ? Long.valueOf(after.key()) : after.key();
            String side = listing.order().descending() ? "<" : ">";
            clauses.add("(t." + column + ", t.id) " + side + " (?, ?)", key, after.id());
        }
        TaskFilter.Mentions links = filter.links();
        PostgresRows.id(links.project()).ifPresent(id -> clauses.add("t.project = ?", id));
        PostgresRows.id(links.assignee()).ifPresent(id -> clauses.add("t.assignee = ?", id));
        PostgresRows.id(links.parent()).ifPresent(id -> clauses.add("t.parent = ?", id));
        PostgresRows.id(links.label())
                .ifPresent(
                        id ->
                                clauses.add(
                                        "EXISTS (SELECT 1 FROM task_label x WHERE x.label = ?"
                                                + " AND x.task = t.id)",
                                        id));
        for (Words.Term term : filter.words().terms()) {
            clauses.add(
                    "EXISTS (SELECT 1 FROM task_words x WHERE x.task = t.id"
                            + " AND x.words @@ ?::tsquery)",
                    TaskWords.query(term));
        }
        TaskFilter.DueRange due = filter.due();
        due.from().ifPresent(from -> clauses.add("t.due >= ?", from));
        due.before().ifPresent(before -> clauses.add("t.due < ?", before));
        if (due.from().isPresent() || due.before().isPresent()) {
            clauses.add("t.due < ?", TaskOrder.NO_DUE);
        }
        filter.updatedSince()
                .ifPresent(since -> clauses.add("t.updated >= ?", ceilingMillis(since)));
    }

    private static long ceilingMillis(java.time.Instant instant) {
        long millis = instant.toEpochMilli();
        return java.time.Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    private static final class Clauses {

        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void add(String text, Object... bound) {
            texts.add(text);
            values.addAll(Arrays.asList(bound));
        }

        String where() {
            return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
        }
    }
}
