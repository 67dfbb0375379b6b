package dev.rocket.architecture.planted.contract.kit;

/** A contract. */
public abstract class SecondContract extends Base {}
