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

    /** What was refused, and why. */
    public Refusal refusal() {
        return refusal;
    }
}
