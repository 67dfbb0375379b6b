package dev.rocket.architecture.planted.contract.partly;

import dev.rocket.architecture.planted.contract.kit.SecondContract;

/** Extends a contract, but is named so that no test run finds it. */
final class PartlySecond extends SecondContract {}
