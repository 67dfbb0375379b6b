package dev.rocket.core.operation;

import java.util.function.Function;

/**
 * All that an operator may ask of one running server.
 *
 * @param maintenance what is due, and doing it now
 * @param migration moving the store to another place
 * @param places leads to the place that a text names, a file or an address with its password;
 *     refuses with {@link dev.rocket.core.model.Refusal.Invalid} what names none, and never tells
 *     the text
 */
public record Operations(
        MaintenanceScheduler maintenance,
        MigrateStore migration,
        Function<String, Destination> places) {}
