package dev.rocket.architecture.planted.adapter.store;

/**
 * Settings, which anybody may make.
 *
 * @param path where
 */
public record FileConfig(String path) {}
