package dev.rocket.bootstrap.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.bootstrap.page.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What befalls the network between a server and the target of its move. */
class MoveNetworkIT extends MoveGround {

    private final URI database = URI.create(PostgresServer.fresh());
    private final Network network;

    MoveNetworkIT() throws IOException {
        network = new Network(database.getPort());
    }

    @AfterEach
    void end() throws IOException {
        network.close();
    }

    @Override
    String target() {
        return database.toString().replace(":" + database.getPort(), ":" + network.port());
    }

    @Test
    void a_network_that_is_cut_amid_the_copy_leaves_the_store_where_it_was() throws Exception {
        seed();
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "");
            await(rocket, MoveGround::isCopying);
            network.is(Network.State.CUT);
            assertEnds(rocket, "failed", "");
            create(rocket);
            assertHolds(rocket, "sqlite");
            network.is(Network.State.WHOLE);
            begin(rocket, "");
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }

    @Test
    void a_network_that_is_cut_for_a_while_is_waited_for() throws Exception {
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "freezing");
            await(rocket, MoveGround::isPaused);
            network.is(Network.State.CUT);
            create(rocket);
            resume(rocket);
            await(rocket, told -> JsonTree.text(told, "detail").startsWith("waiting: "));
            create(rocket);
            network.is(Network.State.WHOLE);
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }

    @Test
    void a_network_that_falls_silent_before_the_takeover_keeps_no_writer_waiting()
            throws Exception {
        try (RunningRocket rocket = start()) {
            for (String phase : List.of("tailing", "comparing", "freezing")) {
                create(rocket);
                begin(rocket, phase);
                await(rocket, MoveGround::isPaused);
                network.silentBefore("INSERT INTO change");
                create(rocket);
                resume(rocket);
                awaitTrue(
                        "the network did not fall silent",
                        () -> {
                            create(rocket);
                            return network.isSilent();
                        });
                for (int i = 0; i < 20; i++) {
                    create(rocket);
                }
                assertTrue(network.isSilent());
                network.is(Network.State.WHOLE);
                assertEnds(rocket, "done", "; writes waited ");
                assertHolds(rocket, "postgres");
                moveBack(rocket);
            }
            assertEquals(0, rocket.stop(), rocket.said());
        }
    }

    @Test
    void a_network_that_falls_silent_at_the_takeover_loses_nothing() throws Exception {
        try (RunningRocket rocket = start()) {
            create(rocket);
            begin(rocket, "freezing");
            await(rocket, MoveGround::isPaused);
            network.silentBefore("INSERT INTO custody");
            resume(rocket);
            awaitTrue("the network did not fall silent", network::isSilent);
            CompletableFuture<Void> writer =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    create(rocket);
                                } catch (Exception e) {
                                    throw new CompletionException(e);
                                }
                            });
            assertEquals(200, rocket.ask("GET", "/v1/tasks", "").statusCode());
            assertTrue(network.isSilent());
            network.is(Network.State.WHOLE);
            writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEnds(rocket, "done", "; writes waited ");
            assertHolds(rocket, "postgres");
            assertEquals(0, rocket.stop(), rocket.said());
        }
        verify();
    }
}
