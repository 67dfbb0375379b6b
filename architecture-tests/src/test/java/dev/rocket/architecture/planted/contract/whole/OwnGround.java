package dev.rocket.architecture.planted.contract.whole;

import dev.rocket.architecture.planted.contract.kit.Base;

/** What an adapter's own tests share is no contract. */
abstract class OwnGround extends Base {}
