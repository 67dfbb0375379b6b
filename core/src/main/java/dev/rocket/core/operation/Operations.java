package dev.rocket.core.operation;

/**
 * All that an operator may ask of one running server.
 *
 * @param maintenance what is due, and doing it now
 */
public record Operations(MaintenanceScheduler maintenance) {}
