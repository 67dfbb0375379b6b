package dev.rocket.http.operate;

import dev.rocket.core.operation.JobsText;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.Status;
import java.util.Set;

/** Maintenance, as an operator sees it and asks for it. */
public final class MaintenanceRoutes {

    /** Runs that are told of one job. */
    private static final int RUNS = 20;

    private final MaintenanceScheduler maintenance;

    /** Answers from a scheduler that something else drives. */
    public MaintenanceRoutes(MaintenanceScheduler maintenance) {
        this.maintenance = maintenance;
    }

    /** {@code GET /v1/maintenance}: 200 with every job in {@code items}; 400. */
    public Answer list(Ask ask) {
        ask.query(Set.of());
        return Answer.json(Status.OK_200, JobsText.print(maintenance.entries()))
                .with(Answer.NO_STORE);
    }

    /** {@code GET /v1/maintenance/{name}}: 200 with the job and its last runs; 400, 404. */
    public Answer one(Ask ask) {
        ask.query(Set.of());
        MaintenanceScheduler.Entry entry =
                maintenance.entries().stream()
                        .filter(each -> each.chore().name().equals(ask.part()))
                        .findFirst()
                        .orElseThrow(MaintenanceRoutes::unknown);
        return Answer.json(Status.OK_200, JobsText.print(entry, maintenance.runs(ask.part(), RUNS)))
                .with(Answer.NO_STORE);
    }

    /**
     * {@code POST /v1/maintenance/{name}/runs}: 202 when the job is done next, at once if nothing
     * else is being done; asking again before changes nothing; 400, 404.
     */
    public Answer run(Ask ask) {
        ask.query(Set.of());
        if (!maintenance.ask(ask.part())) {
            throw unknown();
        }
        return Answer.empty(Status.ACCEPTED_202).with(Answer.NO_STORE);
    }

    private static Declined unknown() {
        return new Declined(ProblemType.NOT_FOUND, "No job has that name.");
    }
}
