package dev.rocket.architecture.planted.contract.partly;

import dev.rocket.architecture.planted.contract.kit.FirstContract;

/** Runs one contract of two. */
final class PartlyFirstTest extends FirstContract {}
