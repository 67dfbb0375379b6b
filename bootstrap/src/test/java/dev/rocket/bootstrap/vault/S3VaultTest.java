package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.rocket.core.contract.VaultContract;
import dev.rocket.core.port.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class S3VaultTest extends VaultContract {

    private static Moto moto;

    @BeforeAll
    static void startStore() throws IOException {
        moto = Moto.start();
    }

    @AfterAll
    static void endStore() {
        moto.close();
    }

    @Override
    protected Vault open() {
        return new S3Vault(moto.bucket(moto.address()));
    }

    @Test
    void a_file_of_several_parts_comes_back() throws IOException {
        for (int bytes : new int[] {8 << 20, (8 << 20) + 1, 16 << 20, 20_000_000}) {
            Path file = file("large", bytes);
            vault().put("large", file, sent -> {});
            assertArrayEquals(Files.readAllBytes(file), fetched("large"));
        }
    }
}
