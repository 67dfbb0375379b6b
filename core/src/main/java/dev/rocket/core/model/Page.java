package dev.rocket.core.model;

import java.util.List;
import java.util.Optional;

/**
 * A bounded part of a list.
 *
 * @param items in the list's order
 * @param next where to go on; empty on the last page
 * @param <I> what is listed
 */
public record Page<I>(List<I> items, Optional<Cursor> next) {

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
