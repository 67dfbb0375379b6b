package dev.rocket.core.model;

/** Carries a refusal up to whoever asked; nothing was changed. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    /** Carries that refusal; no stack trace is taken, since a refusal is no fault. */
    public Refused(Refusal refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    /** A refusal of one field. */
    public static Refused invalid(String path, String problem) {
        return new Refused(new Refusal.Invalid(path, problem));
    }

    /** A refusal of an id that names nothing. */
    public static Refused notFound(Image.Id<?> id) {
        return new Refused(new Refusal.NotFound(id.kind(), id.text()));
    }

    /** A refusal of an image whose {@link Image#uniqueKey} another entity holds. */
    public static Refused taken(Image image) {
        String value =
                image instanceof Catalogued entry ? entry.name() : image.uniqueKey().orElse("");
        String field = image instanceof Catalogued ? "name" : "hash";
        return new Refused(new Refusal.Taken(image.id().kind(), field, value));
    }

    /** What was refused, and why. */
    public Refusal refusal() {
        return refusal;
    }
}
