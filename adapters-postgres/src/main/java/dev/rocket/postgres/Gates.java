package dev.rocket.postgres;

import dev.rocket.core.model.Image;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Advisory locks: one a kind, which every writer of that kind shares, and one a unique key.
 *
 * <p>Whoever holds a kind's gate alone sees every entity of that kind, since nobody is about to
 * commit one. All end with the transaction.
 */
final class Gates {

    private final String schema;
    private final Map<Image.Kind, Long> kinds = new EnumMap<>(Image.Kind.class);

    Gates(String schema) {
        this.schema = schema;
        for (Image.Kind kind : Image.Kind.values()) {
            kinds.put(kind, PostgresSchema.key("kind/" + kind.wire(), schema));
        }
    }

    /** The number of a kind's gate. */
    long of(Image.Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /** Waits until nobody else writes entities of that kind, and keeps others from it. */
    void alone(Statements sql, Image.Kind kind) {
        sql.first(row -> true, "SELECT pg_advisory_xact_lock(?)", of(kind));
    }

    /** Waits until nobody writes anything, and keeps others from it. */
    void closeAll(Statements sql) {
        String all =
                Arrays.stream(Image.Kind.values())
                        .map(kind -> "pg_advisory_xact_lock(" + of(kind) + ")")
                        .collect(Collectors.joining(", "));
        sql.first(row -> true, "SELECT " + all);
    }

    /** Waits until nobody else puts or frees that key, and keeps others from it. */
    void key(Statements sql, Image.Kind kind, String key) {
        long number = PostgresSchema.key("key/" + kind.wire() + "/" + key, schema);
        sql.first(row -> true, "SELECT pg_advisory_xact_lock(?)", number);
    }
}
