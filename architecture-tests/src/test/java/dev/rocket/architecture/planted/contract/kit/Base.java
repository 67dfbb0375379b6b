package dev.rocket.architecture.planted.contract.kit;

/** What every contract extends. */
public abstract class Base {}
