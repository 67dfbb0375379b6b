package dev.rocket.core.operation;

/**
 * All that an operator may ask of one running server.
 *
 * @param maintenance what is due, and doing it now
 * @param migration moving the store to another place
 */
public record Operations(MaintenanceScheduler maintenance, MigrateStore migration) {}
