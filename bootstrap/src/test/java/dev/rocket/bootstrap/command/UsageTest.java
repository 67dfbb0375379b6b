package dev.rocket.bootstrap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line says to words that it cannot use. */
class UsageTest {

    @ParameterizedTest
    @CsvSource({
        "smoke ftp://example.org, ftp://example.org/ is no address of a server",
        "smoke nonsense, nonsense/ is no address of a server",
        "smoke http://[, http://[/ is no address of a server",
        "token revoke abc, abc is no id of a token; they stand in: rocket token list",
        "token create a --expires soon, --expires soon must look like 2027-01-01T00:00:00Z",
        "bench --seconds 0, --seconds 0 must be from 1 to 3600",
        "bench --connections 10001, --connections 10001 must be from 1 to 10000",
        "bench --moves 0, --moves 0 must be from 1 to 1000",
        "bench --migration --backups, --migration and --backups exclude each other.",
        "upgrade --check --without-backup, --check and --without-backup exclude each other.",
        "schema --from 7, There is nothing to do for a schema of version 7",
        "backups --offsite, --offsite needs ROCKET_OFFSITE.",
        "restore --offsite, --offsite needs ROCKET_OFFSITE.",
        "bench --tasks -1, --tasks -1 must be from 1 to 10000000",
    })
    void a_value_that_cannot_be_used_is_told_in_one_line(String words, String told) {
        Run run = Run.of((Object[]) words.split(" "));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(told), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void a_server_that_is_not_there_is_told_with_its_address() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Run run = Run.of("smoke", "http://127.0.0.1:" + port);
        assertEquals(1, run.code());
        assertTrue(run.out().contains("127.0.0.1:" + port + "/ cannot be reached"), run.out());
        assertFalse(run.out().contains("null"), run.out());
    }
}
