package dev.rocket.core.memory;

import dev.rocket.core.contract.MemoryVault;
import dev.rocket.core.contract.VaultContract;
import dev.rocket.core.port.Vault;
import java.time.Instant;

final class MemoryVaultContractTest extends VaultContract {

    @Override
    protected Vault open() {
        return new MemoryVault(Instant.EPOCH);
    }
}
