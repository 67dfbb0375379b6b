package dev.rocket.sqlite;

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
import java.util.stream.Collectors;

/**
 * A list of tasks as SQL that reads indexes alone.
 *
 * <p>There are two ways. Where a condition picks few tasks (a project, an assignee, a parent, a
 * label, words), they are fetched through its own index and sorted: at most {@link #FEW}. Otherwise
 * the index of the order is walked from the cursor on, one walk a status, each cut at the page's
 * size, and the walks are merged. How many a condition picks is counted as far as {@link #FEW}.
 */
final class SqliteFilter {

    /** Tasks that are fetched and sorted for one page at most. */
    static final int FEW = 1_000;

    private final Statements statements;
    private final Listing.Tasks listing;
    private final TaskFilter filter;
    private final String column;

    SqliteFilter(Statements statements, Listing.Tasks listing) {
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
    private record Way(String count, String from, String where, Object value) {}

    /** The statement for the listing. */
    Query query() {
        Optional<Way> narrow =
                ways().stream()
                        .filter(way -> picks(way) < FEW)
                        .min(Comparator.comparingLong(this::picks));
        return narrow.map(this::fetch).orElseGet(this::walk);
    }

    private long picks(Way way) {
        String sql = "SELECT count(*) FROM (SELECT 1 FROM " + way.count() + " LIMIT " + FEW + ")";
        return statements.number(sql, way.value());
    }

    private List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        TaskFilter.Mentions links = filter.links();
        SqliteRows.id(links.project()).ifPresent(id -> ways.add(column("project", id)));
        SqliteRows.id(links.assignee()).ifPresent(id -> ways.add(column("assignee", id)));
        SqliteRows.id(links.parent()).ifPresent(id -> ways.add(column("parent", id)));
        SqliteRows.id(links.label())
                .ifPresent(
                        id ->
                                ways.add(
                                        new Way(
                                                "task_label WHERE label = ?",
                                                "task_label l CROSS JOIN task t ON t.row = l.task",
                                                "l.label = ?",
                                                id)));
        for (Words.Term term : filter.words().terms()) {
            ways.add(
                    new Way(
                            "task_words WHERE task_words MATCH ?",
                            "(SELECT DISTINCT rowid >> 1 AS r FROM task_words"
                                    + " WHERE task_words MATCH ?) w CROSS JOIN task t",
                            "t.row = w.r",
                            match(term)));
        }
        return ways;
    }

    private static Way column(String name, byte[] id) {
        return new Way(
                "task WHERE " + name + " = ?",
                "task t INDEXED BY task_by_" + name,
                "t." + name + " = ?",
                id);
    }

    private static String match(Words.Term term) {
        return '"' + term.word() + '"' + (term.prefix() ? "*" : "");
    }

    private Query fetch(Way way) {
        Clauses clauses = new Clauses();
        clauses.add(way.where(), way.value());
        if (!filter.statuses().isEmpty()) {
            String marks =
                    filter.statuses().stream().map(s -> "?").collect(Collectors.joining(","));
            Object[] codes = filter.statuses().stream().map(SqliteRows::status).toArray();
            clauses.add("t.status IN (" + marks + ")", codes);
        }
        conditions(clauses);
        String rows =
                "SELECT t.row AS r FROM "
                        + way.from()
                        + clauses.where()
                        + order("t." + column, "t.id");
        clauses.values.add(listing.limit() + 1);
        return joined(rows, clauses.values);
    }

    private Query walk() {
        Set<Status> statuses =
                filter.statuses().isEmpty() ? Set.of(Status.values()) : filter.statuses();
        List<String> walks = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Status status : Arrays.stream(Status.values()).filter(statuses::contains).toList()) {
            Clauses clauses = new Clauses();
            clauses.add("t.status = ?", SqliteRows.status(status));
            conditions(clauses);
            walks.add(
                    "SELECT t.row AS r, t."
                            + column
                            + " AS k, t.id AS i FROM task t INDEXED BY task_by_"
                            + column
                            + clauses.where()
                            + order("t." + column, "t.id"));
            values.addAll(clauses.values);
            values.add(listing.limit() + 1);
        }
        if (walks.size() == 1) {
            return joined(walks.get(0), values);
        }
        String merged = String.join(") UNION ALL SELECT * FROM (", walks);
        values.add(listing.limit() + 1);
        return joined("SELECT r FROM (SELECT * FROM (" + merged + "))" + order("k", "i"), values);
    }

    /**
     * The images of rows in the rows' order: a subquery that is cut by a limit is run on its own,
     * and what it gives is joined and gathered as it comes. The engine is part of the jar, and the
     * contract kit compares the order with the one asked for.
     */
    private static Query joined(String rows, List<Object> values) {
        String sql =
                "SELECT count(*), group_concat(t.image, ',' || char(10)) FROM ("
                        + rows
                        + ") p CROSS JOIN task t ON t.row = p.r";
        return new Query(sql, values);
    }

    private String order(String key, String id) {
        String way = listing.order().descending() ? " DESC" : "";
        return " ORDER BY " + key + way + ", " + id + way + " LIMIT ?";
    }

    private void conditions(Clauses clauses) {
        Cursor after = listing.after();
        if (!after.isStart()) {
            Object key = listing.order().numeric() ? Long.valueOf(after.key()) : after.key();
            String side = listing.order().descending() ? "<" : ">";
            clauses.add(
                    "(t." + column + ", t.id) " + side + " (?, ?)",
                    key,
                    Statements.bytes(after.id()));
        }
        TaskFilter.Mentions links = filter.links();
        SqliteRows.id(links.project()).ifPresent(id -> clauses.add("t.project = ?", id));
        SqliteRows.id(links.assignee()).ifPresent(id -> clauses.add("t.assignee = ?", id));
        SqliteRows.id(links.parent()).ifPresent(id -> clauses.add("t.parent = ?", id));
        SqliteRows.id(links.label())
                .ifPresent(
                        id ->
                                clauses.add(
                                        "EXISTS (SELECT 1 FROM task_label x WHERE x.label = ?"
                                                + " AND x.task = t.row)",
                                        id));
        for (Words.Term term : filter.words().terms()) {
            clauses.add(
                    "EXISTS (SELECT 1 FROM task_words x WHERE x.task_words MATCH ?"
                            + " AND x.rowid >= 2 * t.row AND x.rowid <= 2 * t.row + 1)",
                    match(term));
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
            return " WHERE " + String.join(" AND ", texts);
        }
    }
}
