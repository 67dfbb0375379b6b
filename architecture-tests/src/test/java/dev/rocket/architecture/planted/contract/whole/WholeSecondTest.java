package dev.rocket.architecture.planted.contract.whole;

import dev.rocket.architecture.planted.contract.kit.SecondContract;

/** Runs a contract. */
final class WholeSecondTest extends SecondContract {}
