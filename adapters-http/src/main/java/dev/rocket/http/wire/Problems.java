package dev.rocket.http.wire;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.port.StoreException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Problem documents: the one place where a no becomes an answer.
 *
 * <p>Every refusal of the domain, failure of the store, no of the adapter and bug is told as {@code
 * application/problem+json} with a stable {@code type}. Source: RFC 9457; RFC 6750 section 3 for
 * {@code WWW-Authenticate}.
 */
public final class Problems {

    private static final String REALM = "Bearer realm=\"rocket\"";
    private static final Header CHALLENGE = Answer.constant(HeaderNames.WWW_AUTHENTICATE, REALM);
    private static final Header BAD_TOKEN =
            Answer.constant(HeaderNames.WWW_AUTHENTICATE, REALM + ", error=\"invalid_token\"");

    private Problems() {}

    /** Further members of a document, each with its comma. */
    private interface Members {

        void write(JsonOut json, StringBuilder out);
    }

    /**
     * Where a problem occurred.
     *
     * @param instance the request's path
     * @param requestId finds it in the log
     */
    public record Where(String instance, String requestId) {}

    /**
     * What is told about one problem.
     *
     * @param type its kind
     * @param detail one sentence about this occurrence
     * @param headers sent with it
     * @param members writes further members of the document
     */
    private record Told(ProblemType type, String detail, List<Header> headers, Members members) {

        static Told of(ProblemType type, String detail, Header... headers) {
            return new Told(type, detail, List.of(headers), (json, out) -> {});
        }

        Told and(Consumer<JsonOut> more) {
            return with((json, out) -> more.accept(json));
        }

        Told with(Members more) {
            return new Told(
                    type,
                    detail,
                    headers,
                    (json, out) -> {
                        members.write(json, out);
                        more.write(json, out);
                    });
        }
    }

    /** Whether a failure is a bug, so that the log must hold it. */
    public static boolean isBug(Throwable failure) {
        return !(failure instanceof Refused
                || failure instanceof Declined
                || failure instanceof Malformed
                || failure instanceof StoreException);
    }

    /** The kind of problem that a failure is. */
    public static ProblemType type(Throwable failure) {
        return told(failure).type();
    }

    /** The headers that go with a failure's answer. */
    public static List<Header> headers(Throwable failure) {
        return told(failure).headers();
    }

    /** The answer to a request that failed. */
    public static Answer answer(Throwable failure, Where where) {
        Told told = told(failure);
        StringBuilder text = new StringBuilder(256);
        write(text, told, Optional.of(where));
        Answer answer =
                Answer.of(
                        told.type().status(),
                        Answer.PROBLEM,
                        text.toString().getBytes(StandardCharsets.UTF_8));
        told.headers().forEach(answer::with);
        return answer.with(Answer.NO_STORE);
    }

    /** Appends the document of one failed item of a batch; its status is in it. */
    public static void print(StringBuilder out, Throwable failure) {
        write(out, told(failure), Optional.empty());
    }

    /** A refusal of whoever proves nothing. */
    public static Refused unauthenticated(String detail) {
        return new Refused(new Refusal.Unauthenticated(detail));
    }

    /** A refusal of a write that expected another revision. */
    public static Refused stale(Image.Id<?> id, Revision current) {
        return new Refused(new Refusal.Stale(id, current));
    }

    /** The refusal of a setup that was done before. */
    public static Refused alreadySetUp() {
        return new Refused(new Refusal.AlreadySetUp());
    }

    /** The refusal of one item of a batch, carried up. */
    public static Refused inBatch(int index, Refused why) {
        return new Refused(new Refusal.InBatch(index, why.refusal()));
    }

    /** A refusal of whoever sent nothing that could prove anything. */
    public static Declined noToken() {
        return new Declined(
                ProblemType.UNAUTHENTICATED,
                "Send a token in the header 'Authorization: Bearer <token>'.",
                CHALLENGE);
    }

    private static void write(StringBuilder out, Told told, Optional<Where> where) {
        ProblemType type = told.type();
        JsonOut json =
                new JsonOut(out)
                        .begin()
                        .plain("type", "/problems/" + type.slug())
                        .plain("title", type.title())
                        .number("status", type.status().code())
                        .text("detail", told.detail());
        where.ifPresent(
                at -> json.text("instance", at.instance()).text("requestId", at.requestId()));
        told.members().write(json, out);
        json.end();
    }

    private static Told told(Throwable failure) {
        return switch (failure) {
            case Refused refused -> told(refused.refusal());
            case Declined no -> new Told(no.type(), no.detail(), no.headers(), (json, out) -> {});
            case Malformed bad -> told(bad);
            case StoreException store -> told(store);
            default ->
                    Told.of(
                            ProblemType.INTERNAL,
                            "The server failed; its log tells more under the request id.");
        };
    }

    private static Told told(Malformed bad) {
        String subject = bad.path().isEmpty() ? "The body" : bad.path();
        Malformed.Place at = bad.place();
        String place = " (line " + at.line() + ", column " + at.column() + ").";
        return Told.of(bad.type(), subject + " " + bad.problem() + place)
                .with(
                        errors(
                                error ->
                                        error.text("path", bad.path())
                                                .text("problem", bad.problem())
                                                .number("line", at.line())
                                                .number("column", at.column())));
    }

    private static Told told(StoreException store) {
        ProblemType type =
                switch (store.kind()) {
                    case OVERLOADED -> ProblemType.OVERLOADED;
                    case UNKNOWN_OUTCOME -> ProblemType.UNKNOWN_OUTCOME;
                    case FULL -> ProblemType.STORAGE_FULL;
                    case UNAVAILABLE, READ_ONLY, FOREIGN, LOCKED, CLOSED -> ProblemType.UNAVAILABLE;
                    case CORRUPT -> ProblemType.INTERNAL;
                };
        List<Header> headers = new ArrayList<>();
        if (store.mayRetry()) {
            headers.add(
                    HeaderValues.create(HeaderNames.RETRY_AFTER, store.retryAfter().toSeconds()));
        }
        return new Told(type, type.meaning(), headers, (json, out) -> {});
    }

    private static Told told(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound no -> Told.of(ProblemType.NOT_FOUND, no.sentence());
            case Refusal.Stale no ->
                    Told.of(ProblemType.STALE, no.sentence(), Etags.header(no.current()))
                            .and(json -> json.number("current", no.current().value()));
            case Refusal.Exists no -> Told.of(ProblemType.EXISTS, no.sentence());
            case Refusal.Invalid no ->
                    Told.of(ProblemType.INVALID, no.sentence())
                            .with(
                                    errors(
                                            e ->
                                                    e.text("path", no.path())
                                                            .text("problem", no.problem())));
            case Refusal.Taken no ->
                    Told.of(ProblemType.TAKEN, no.sentence())
                            .and(json -> json.text("field", no.field()));
            case Refusal.TooWide no ->
                    Told.of(ProblemType.TOO_WIDE, no.sentence())
                            .and(json -> json.number("limit", no.limit()));
            case Refusal.KeyReused no -> Told.of(ProblemType.KEY_REUSED, no.sentence());
            case Refusal.Unauthenticated no ->
                    Told.of(ProblemType.UNAUTHENTICATED, no.sentence(), BAD_TOKEN);
            case Refusal.Forbidden no -> forbidden(no);
            case Refusal.AlreadySetUp no -> Told.of(ProblemType.ALREADY_SET_UP, no.sentence());
            case Refusal.InBatch no -> {
                Told why = told(no.why());
                yield new Told(why.type(), no.sentence(), why.headers(), why.members())
                        .and(json -> json.number("index", no.index()));
            }
        };
    }

    private static Told forbidden(Refusal.Forbidden no) {
        String scope = no.needed().wire();
        Header header =
                HeaderValues.create(
                        HeaderNames.WWW_AUTHENTICATE,
                        REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        return Told.of(ProblemType.FORBIDDEN, no.sentence(), header)
                .and(json -> json.plain("scope", scope));
    }

    private static Members errors(Consumer<JsonOut> error) {
        return (json, out) -> {
            json.name("errors");
            out.append('[');
            error.accept(json.begin());
            json.end();
            out.append(']');
        };
    }
}
