package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The plan of Rocket's rooms. */
class PlanTest {

    /**
     * The one map of the house.
     *
     * <p>Where it says more than the first drawing: {@code http.wire} and {@code http} may reach
     * {@code core.port}, since a failure of the machine is told to clients like a refusal and the
     * adapter is handed the store's probe; {@code http.websocket} is decision 0004, {@code
     * bootstrap.bench}, {@code bootstrap.doctor} and {@code bootstrap.exchange} are decision 0005,
     * {@code http.operate} is decision 0010, {@code bootstrap.vault} is decision 0013.
     */
    static final Rooms PLAN =
            Rooms.under("dev.rocket")
                    .room("core.model")
                    .room("core.port", "core.model")
                    .room("core.usecase", "core.port", "core.model")
                    .room("core.operation", "core.port", "core.model")
                    .room("sqlite", "core.port", "core.model")
                    .room("postgres", "core.port", "core.model")
                    .room("http.wire", "core.port", "core.model")
                    .room("http.websocket")
                    .room("http.guard", "http.websocket", "http.wire", "core.usecase", "core.model")
                    .room("http.api", "http.guard", "http.wire", "core.usecase", "core.model")
                    .room(
                            "http.live",
                            "http.guard",
                            "http.websocket",
                            "http.wire",
                            "core.usecase",
                            "core.model")
                    .room("http.observe", "core.operation", "core.port", "core.model")
                    .room("http.operate", "http.guard", "http.wire", "core.operation", "core.model")
                    .room("http.web")
                    .room(
                            "http",
                            "http.api",
                            "http.guard",
                            "http.live",
                            "http.observe",
                            "http.operate",
                            "http.web",
                            "http.websocket",
                            "http.wire",
                            "core.operation",
                            "core.usecase",
                            "core.port",
                            "core.model")
                    .room(
                            "bootstrap.wiring",
                            "http",
                            "http.observe",
                            "sqlite",
                            "postgres",
                            "bootstrap.vault",
                            "core.operation",
                            "core.usecase",
                            "core.port",
                            "core.model")
                    .room("bootstrap.vault", "core.port", "core.model")
                    .room("bootstrap.bench")
                    .room("bootstrap.exchange", "core.operation", "core.model")
                    .room(
                            "bootstrap.doctor",
                            "bootstrap.wiring",
                            "http",
                            "core.operation",
                            "core.port")
                    .room(
                            "bootstrap.command",
                            "bootstrap.bench",
                            "bootstrap.doctor",
                            "bootstrap.exchange",
                            "bootstrap.wiring",
                            "core.operation",
                            "core.usecase",
                            "core.port",
                            "core.model")
                    .room("bootstrap", "bootstrap.command")
                    .room("architecture");

    @Test
    void the_house_is_built_as_planned() {
        assertEquals(List.of(), PLAN.violations(House.CLASSES));
    }
}
