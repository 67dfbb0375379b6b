package dev.rocket.http;

import static dev.rocket.http.guard.Access.ADMIN;
import static dev.rocket.http.guard.Access.LOCAL_OR_READ;
import static dev.rocket.http.guard.Access.OPEN;
import static dev.rocket.http.guard.Access.READ;
import static dev.rocket.http.guard.Access.WRITE;
import static dev.rocket.http.guard.Route.delete;
import static dev.rocket.http.guard.Route.get;
import static dev.rocket.http.guard.Route.patch;
import static dev.rocket.http.guard.Route.post;

import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.operation.Operations;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.api.BatchRoutes;
import dev.rocket.http.api.CatalogRoutes;
import dev.rocket.http.api.CommentRoutes;
import dev.rocket.http.api.OpenApi;
import dev.rocket.http.api.Tally;
import dev.rocket.http.api.TaskRoutes;
import dev.rocket.http.api.TokenRoutes;
import dev.rocket.http.guard.Action;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.guard.LongLived;
import dev.rocket.http.guard.PageHeaders;
import dev.rocket.http.guard.Route;
import dev.rocket.http.observe.Health;
import dev.rocket.http.observe.Metrics;
import dev.rocket.http.operate.MaintenanceRoutes;
import dev.rocket.http.operate.MigrationRoutes;
import dev.rocket.http.web.Pages;
import dev.rocket.http.web.SourcePages;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.ProblemType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every route of the server, with what it demands. */
final class RouteTable {

    private static final Header METRICS =
            Answer.constant(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    /** The page may be kept anywhere, and is asked about before each use. */
    private static final Header ASK_FIRST = Answer.constant(HeaderNames.CACHE_CONTROL, "no-cache");

    /** Bytes that suffice for the setup, which anyone may send. */
    private static final int SETUP_BYTES = 4096;

    private final Health health;
    private final Metrics metrics;

    RouteTable(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** The table. */
    List<Route> routes(Api api, List<LongLived> longLived, Optional<Path> source) {
        List<Route> table = new ArrayList<>();
        tasks(table, api);
        catalog(table, "/v1/projects", api.projects());
        catalog(table, "/v1/labels", api.labels());
        catalog(table, "/v1/members", api.members());
        operation(table, api);
        server(table, api.tokens());
        longLived.forEach(part -> table.addAll(part.routes()));
        Pages pages = new Pages();
        if (source.isEmpty()) {
            pages.files().forEach(file -> table.add(page(file)));
        } else {
            sources(table, pages, new SourcePages(source.get(), pages));
        }
        return List.copyOf(table);
    }

    /** The page's files as they are in the source tree at the moment, and what tells of changes. */
    private static void sources(List<Route> table, Pages pages, SourcePages sources) {
        for (Pages.File file : pages.files()) {
            Action action = ask -> page(sources.now(file)).action().answer(ask);
            table.add(get(file.path(), OPEN, action).negotiating());
        }
        table.add(page(sources.script()));
        table.add(
                get(
                                SourcePages.STATE,
                                OPEN,
                                ask -> whole(Status.OK_200, '"' + sources.state() + '"'))
                        .negotiating());
    }

    private static void tasks(List<Route> table, Api api) {
        TaskRoutes tasks = api.tasks();
        CommentRoutes comments = api.comments();
        table.add(post("/v1/tasks", WRITE, tasks::create));
        table.add(get("/v1/tasks", READ, tasks::list));
        table.add(get("/v1/tasks/{id}", READ, tasks::one));
        table.add(patch("/v1/tasks/{id}", WRITE, tasks::edit));
        table.add(delete("/v1/tasks/{id}", WRITE, tasks::delete));
        table.add(post("/v1/tasks/{id}/comments", WRITE, comments::create));
        table.add(get("/v1/tasks/{id}/comments", READ, comments::list));
        table.add(get("/v1/comments/{id}", READ, comments::one));
        table.add(patch("/v1/comments/{id}", WRITE, comments::edit));
        table.add(delete("/v1/comments/{id}", WRITE, comments::delete));
        table.add(post("/v1/batch", WRITE, api.batch()::carryOut).withBody(api.batchBytes()));
    }

    private static void catalog(List<Route> table, String path, CatalogRoutes<?> entries) {
        table.add(post(path, WRITE, entries::create));
        table.add(get(path, READ, entries::list));
        table.add(get(path + "/{id}", READ, entries::one));
        table.add(patch(path + "/{id}", WRITE, entries::edit));
        table.add(delete(path + "/{id}", WRITE, entries::delete));
    }

    private static void operation(List<Route> table, Api api) {
        MaintenanceRoutes maintenance = api.maintenance();
        MigrationRoutes migration = api.migration();
        table.add(get("/v1/maintenance", ADMIN, maintenance::list));
        table.add(get("/v1/maintenance/{name}", ADMIN, maintenance::one));
        table.add(post("/v1/maintenance/{name}/runs", ADMIN, maintenance::run));
        table.add(get("/v1/migration", ADMIN, migration::status));
        table.add(
                post("/v1/migration", ADMIN, migration::begin)
                        .withBody(MigrationRoutes.BODY_BYTES));
        table.add(delete("/v1/migration", ADMIN, migration::abort));
        table.add(post("/v1/migration/resume", ADMIN, migration::resume));
    }

    private void server(List<Route> table, TokenRoutes tokens) {
        table.add(post("/v1/tokens", ADMIN, tokens::create));
        table.add(get("/v1/tokens", ADMIN, tokens::list));
        table.add(get("/v1/tokens/{id}", ADMIN, tokens::one));
        table.add(delete("/v1/tokens/{id}", ADMIN, tokens::revoke));
        table.add(post("/v1/setup", OPEN, tokens::setUp).withBody(SETUP_BYTES));
        table.add(post("/v1/tickets", READ, tokens::ticket));
        table.add(get("/healthz", OPEN, this::alive).negotiating());
        table.add(get("/readyz", OPEN, this::ready).negotiating());
        table.add(get("/metrics", LOCAL_OR_READ, this::figures).negotiating());
        table.add(get("/openapi.json", OPEN, new OpenApi()::answer).negotiating());
        table.add(get("/problems/{slug}", OPEN, this::meaning).negotiating());
    }

    /**
     * The rooms that the table leads to.
     *
     * @param batchBytes how large the body of a batch may be
     */
    record Api(
            TaskRoutes tasks,
            CommentRoutes comments,
            CatalogRoutes<Project> projects,
            CatalogRoutes<Label> labels,
            CatalogRoutes<Member> members,
            TokenRoutes tokens,
            MaintenanceRoutes maintenance,
            MigrationRoutes migration,
            BatchRoutes batch,
            int batchBytes) {

        /** Everything over the use cases. */
        static Api over(
                UseCases useCases,
                Tally tally,
                TokenRoutes tokens,
                Operations operations,
                int batchBytes) {
            return new Api(
                    new TaskRoutes(useCases, tally),
                    new CommentRoutes(useCases),
                    CatalogRoutes.projects(useCases),
                    CatalogRoutes.labels(useCases),
                    CatalogRoutes.members(useCases),
                    tokens,
                    new MaintenanceRoutes(operations.maintenance()),
                    new MigrationRoutes(operations),
                    new BatchRoutes(useCases, tally),
                    batchBytes);
        }
    }

    /** One of the page's files: 200, or 304 when the client holds it; anyone may read it. */
    private static Route page(Pages.File file) {
        Header type = Answer.constant(HeaderNames.CONTENT_TYPE, file.mediaType());
        Header tag = Answer.constant(HeaderNames.ETAG, file.tag());
        return get(
                        file.path(),
                        OPEN,
                        ask -> {
                            Answer answer =
                                    isHeld(file, ask)
                                            ? Answer.empty(Status.NOT_MODIFIED_304)
                                            : Answer.of(Status.OK_200, type, file.bytes());
                            return PageHeaders.on(answer.with(tag).with(ASK_FIRST));
                        })
                .negotiating();
    }

    private static boolean isHeld(Pages.File file, Ask ask) {
        return ask.headers().contains(HeaderNames.IF_NONE_MATCH)
                && file.isHeldBy(ask.headers().get(HeaderNames.IF_NONE_MATCH).allValues());
    }

    private Answer alive(Ask ask) {
        return whole(Status.OK_200, health.alive());
    }

    private Answer ready(Ask ask) {
        Health.Verdict verdict = health.ready();
        return whole(
                verdict.isReady() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, verdict.json());
    }

    private Answer figures(Ask ask) {
        return Answer.of(Status.OK_200, METRICS, metrics.text()).with(Answer.NO_STORE);
    }

    private Answer meaning(Ask ask) {
        ProblemType type =
                ProblemType.find(ask.part())
                        .orElseThrow(() -> new Declined(ProblemType.NOT_FOUND, "No such problem."));
        String text = type.status().code() + " " + type.title() + "\n\n" + type.meaning() + "\n";
        return Answer.of(Status.OK_200, Answer.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer whole(Status status, String json) {
        return Answer.json(status, json).with(Answer.NO_STORE);
    }
}
