package dev.rocket.core.model;

/** The domain's own no, with its data. */
public sealed interface Refusal {

    /** Nothing of that kind has that id. */
    record NotFound(Image.Kind kind, String id) implements Refusal {}

    /** The expected revision is not the current one. */
    record Stale(Image.Id<?> id, Revision current) implements Refusal {}

    /** The entity exists already. */
    record Exists(Image.Id<?> id) implements Refusal {}

    /**
     * A field of the input breaks a rule.
     *
     * @param path names the field, as {@code labels/3}
     * @param problem what is wrong, to be read after the path
     */
    record Invalid(String path, String problem) implements Refusal {}

    /** Another entity of that kind holds the unique value. */
    record Taken(Image.Kind kind, String field, String value) implements Refusal {}

    /** The command would change more other entities than {@link Limits#CASCADE}. */
    record TooWide(Image.Id<?> id, int limit) implements Refusal {}

    /** The idempotency key was used for another request. */
    record KeyReused(String word) implements Refusal {}

    /** No token, or one that proves nothing. */
    record Unauthenticated(String problem) implements Refusal {}

    /** The token does not allow it. */
    record Forbidden(Token.Scope needed) implements Refusal {}

    /** The server was set up before; the one-time token is void. */
    record AlreadySetUp() implements Refusal {}

    /** One command of an atomic batch was refused, so none took effect. */
    record InBatch(int index, Refusal why) implements Refusal {}

    /** One sentence for people, without a full stop's worth of detail more than the data holds. */
    default String sentence() {
        return switch (this) {
            case NotFound no -> "No " + no.kind().wire() + " has the id " + no.id() + ".";
            case Stale no ->
                    "The "
                            + no.id().kind().wire()
                            + " was changed meanwhile; its revision is now "
                            + no.current().value()
                            + ".";
            case Exists no ->
                    "A " + no.id().kind().wire() + " with the id " + no.id().text() + " exists.";
            case Invalid no -> no.path() + " " + no.problem() + ".";
            case Taken no ->
                    "Another "
                            + no.kind().wire()
                            + " has the "
                            + no.field()
                            + " '"
                            + no.value()
                            + "'.";
            case TooWide no ->
                    "This would change more than "
                            + no.limit()
                            + " other entities at once; do it in smaller steps.";
            case KeyReused no -> "The idempotency key was used for a different request.";
            case Unauthenticated no -> no.problem();
            case Forbidden no ->
                    "The token lacks the scope '" + no.needed().wire() + "' that this needs.";
            case AlreadySetUp no -> "This server has been set up already.";
            case InBatch no -> "Item " + no.index() + " was refused: " + no.why().sentence();
        };
    }
}
