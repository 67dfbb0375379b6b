package dev.rocket.http.operate;

import dev.rocket.core.model.Refused;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.MoveStatus.Phase;
import dev.rocket.core.operation.MoveText;
import dev.rocket.core.operation.Operations;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Moving the store to another place, as an operator asks for it. */
public final class MigrationRoutes {

    /** Bytes that suffice for what is asked for. */
    public static final int BODY_BYTES = 8192;

    private static final Duration FREEZE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_FREEZE = Duration.ofMillis(10);
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(10);

    private final Operations operations;

    /** Answers from operations; something else drives their maintenance. */
    public MigrationRoutes(Operations operations) {
        this.operations = operations;
    }

    /** {@code GET /v1/migration}: 200 with how far the move is, or how the last ended; 400. */
    public Answer status(Ask ask) {
        ask.query(Set.of());
        return Answer.json(Status.OK_200, MoveText.print(operations.migration()))
                .with(Answer.NO_STORE);
    }

    /**
     * {@code POST /v1/migration} with {@code to}, or {@code back} for the place that the store came
     * from: 202 when it begins next; 400 for a place that is none; 409 when one is under way, or
     * there is no way back; 413, 415. What stands in the way of the move itself, the status tells.
     */
    public Answer begin(Ask ask) {
        ask.query(Set.of());
        Wish wish = new Wish();
        Bodies.read(
                ask.body(),
                body -> {
                    body.object(name -> wish.take(name, body));
                    return true;
                });
        MigrateStore.Request request = wish.request();
        Optional<String> hindrance = operations.migration().ask(request);
        if (hindrance.isPresent()) {
            throw wrongMoment(hindrance.get());
        }
        operations.maintenance().ask(MigrateStore.JOB);
        return accepted();
    }

    /** {@code POST /v1/migration/resume}: 202 when the move goes on; 400; 409 if none waits. */
    public Answer resume(Ask ask) {
        ask.query(Set.of());
        if (!operations.migration().proceed()) {
            throw wrongMoment("No move waits to be told to go on.");
        }
        return accepted();
    }

    /**
     * {@code DELETE /v1/migration}: 202 when the move is told to end, and the store stays where it
     * is unless the copy has taken over already; 400; 409 if none is under way.
     */
    public Answer abort(Ask ask) {
        ask.query(Set.of());
        if (!operations.migration().end()) {
            throw wrongMoment("No move is under way.");
        }
        return accepted();
    }

    private static Answer accepted() {
        return Answer.empty(Status.ACCEPTED_202).with(Answer.NO_STORE);
    }

    private static Declined wrongMoment(String detail) {
        return new Declined(ProblemType.WRONG_MOMENT, detail);
    }

    /** What is asked for, member by member. */
    private final class Wish {

        private Optional<Destination> to = Optional.empty();
        private boolean back;
        private Duration freeze = FREEZE;
        private Optional<Phase> pauseAt = Optional.empty();
        private boolean dryRun;

        void take(String name, Bodies body) throws IOException {
            switch (name) {
                case "to" -> to = Optional.of(operations.places().apply(body.text()));
                case "back" -> back = body.truth();
                case "freezeMillis" -> freeze = bounded(body.count());
                case "pauseAt" -> pauseAt = Optional.of(phase(body.text()));
                case "dryRun" -> dryRun = body.truth();
                default -> throw body.unknown();
            }
        }

        MigrateStore.Request request() {
            if (back == to.isPresent()) {
                throw Refused.invalid("to", "must be given, or 'back' be true, and not both");
            }
            return new MigrateStore.Request(to, freeze, pauseAt, dryRun);
        }
    }

    private static Duration bounded(long millis) {
        if (millis < SHORTEST_FREEZE.toMillis() || millis > LONGEST_FREEZE.toMillis()) {
            throw Refused.invalid(
                    "freezeMillis",
                    "must be from "
                            + SHORTEST_FREEZE.toMillis()
                            + " to "
                            + LONGEST_FREEZE.toMillis());
        }
        return Duration.ofMillis(millis);
    }

    private static Phase phase(String word) {
        return Stream.of(Phase.values())
                .filter(phase -> phase.isUnderWay() && phase != Phase.PREFLIGHT)
                .filter(phase -> phase.wire().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refused.invalid(
                                        "pauseAt",
                                        "must be copying, tailing, comparing or freezing"));
    }
}
