package dev.rocket.http.api;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Refused;
import dev.rocket.http.wire.Query;
import dev.rocket.http.wire.Uuids;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The parameters that lists share. */
final class Pages {

    /** Items on a page when the client does not say. */
    static final int STANDARD = 50;

    private Pages() {}

    /** How many items are wanted; the listing checks the bounds. */
    static int limit(Query query) {
        long limit = query.number("limit").orElse((long) STANDARD);
        return limit < 0 || limit > Integer.MAX_VALUE ? 0 : (int) limit;
    }

    /** Where to begin in a list of that order. */
    static Cursor after(Query query, String order) {
        return query.one("after").map(text -> Cursor.parse(text, order)).orElse(Cursor.START);
    }

    /** The id in a parameter. */
    static <I> Optional<I> id(Query query, String name, Function<UUID, I> made) {
        return query.one(name)
                .map(
                        text -> {
                            UUID id = Uuids.parse(text);
                            if (id == null) {
                                throw Refused.invalid(
                                        name, "must be an id, a UUID of 36 characters");
                            }
                            return made.apply(id);
                        });
    }
}
