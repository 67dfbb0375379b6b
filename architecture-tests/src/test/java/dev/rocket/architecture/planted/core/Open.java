package dev.rocket.architecture.planted.core;

/** A type that anybody may extend. */
public class Open {}
