package dev.rocket.architecture.planted.contract.whole;

import dev.rocket.architecture.planted.contract.kit.FirstContract;

/** Runs a contract. */
final class WholeFirstTest extends FirstContract {}
