package dev.rocket.architecture.planted.rooms.low;

/** Reaches nothing. */
public final class Ground {}
