package dev.rocket.http.api;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.core.usecase.ManageCatalog;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Bodies;
import dev.rocket.http.wire.CatalogJson;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.Query;
import io.helidon.http.Status;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * One kind of catalog entry: projects, labels or members.
 *
 * @param <C> the kind
 */
public final class CatalogRoutes<C extends Catalogued> {

    static final Set<String> KNOWN = Set.of("limit", "after");

    private final ManageCatalog catalog;
    private final FindTasks find;
    private final String path;
    private final Class<C> type;
    private final Function<UUID, ? extends Image.Id<C>> id;

    private CatalogRoutes(
            UseCases useCases,
            String path,
            Class<C> type,
            Function<UUID, ? extends Image.Id<C>> id) {
        this.catalog = useCases.catalog();
        this.find = useCases.find();
        this.path = path;
        this.type = type;
        this.id = id;
    }

    /** Projects at {@code /v1/projects}. */
    public static CatalogRoutes<Project> projects(UseCases useCases) {
        return new CatalogRoutes<>(useCases, "/v1/projects", Project.class, Project.Id::new);
    }

    /** Labels at {@code /v1/labels}. */
    public static CatalogRoutes<Label> labels(UseCases useCases) {
        return new CatalogRoutes<>(useCases, "/v1/labels", Label.class, Label.Id::new);
    }

    /** Members at {@code /v1/members}. */
    public static CatalogRoutes<Member> members(UseCases useCases) {
        return new CatalogRoutes<>(useCases, "/v1/members", Member.class, Member.Id::new);
    }

    private Image.Kind kind() {
        return id.apply(new UUID(0, 0)).kind();
    }

    /**
     * {@code POST}: 201 with the entry, {@code ETag}, {@code Location}; 400, 409 when the name is
     * taken, 413, 415, 422.
     */
    public Answer create(Ask ask) {
        CatalogEdit fields = CatalogJson.edit(Bodies.Part.whole(ask.body()));
        Change change = catalog.create(ask.writer(), kind(), fields);
        return Encoded.created(path + "/" + change.image().id().text(), change.image());
    }

    /** {@code GET} of the list: 200 with {@code items} and {@code next}; 400. */
    public Answer list(Ask ask) {
        Query query = ask.query(KNOWN);
        return Encoded.page(
                find.list(
                        ask.caller(),
                        new Listing.All<>(
                                type,
                                kind(),
                                Pages.after(query, Cursor.BY_ID),
                                Pages.limit(query))));
    }

    /** {@code GET} of one: 200 with the entry and {@code ETag}, or 304; 404. */
    public Answer one(Ask ask) {
        return Conditions.answer(ask, find.one(ask.caller(), id.apply(ask.id())));
    }

    /** {@code PATCH}, a merge patch: 200 with the entry; 400, 404, 409, 412, 413, 415, 422. */
    public Answer edit(Ask ask) {
        Image.Id<C> one = id.apply(ask.id());
        CatalogEdit edit = CatalogJson.edit(Bodies.Part.whole(ask.body()));
        Change change = catalog.edit(ask.writer(), one, Conditions.expected(ask, find, one), edit);
        return Encoded.one(Status.OK_200, change.image()).with(Answer.NO_STORE);
    }

    /** {@code DELETE}, with every mention in tasks: 204; 404, 409 for too many, 412, 422. */
    public Answer delete(Ask ask) {
        Image.Id<C> one = id.apply(ask.id());
        catalog.delete(ask.writer(), one, Conditions.expected(ask, find, one));
        return Answer.empty(Status.NO_CONTENT_204);
    }
}
