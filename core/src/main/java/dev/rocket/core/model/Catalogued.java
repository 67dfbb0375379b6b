package dev.rocket.core.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A named thing that tasks refer to: project, label or member.
 *
 * <p>Names are unique within a kind, whatever their case.
 */
public sealed interface Catalogued extends Image permits Project, Label, Member {

    /** What people call it; 1 to {@link Limits#NAME_CHARS} characters. */
    String name();

    /** When it was made and last changed. */
    Stamp stamp();

    /**
     * This entry after an edit, one revision on.
     *
     * @throws Refused with {@link Refusal.Invalid} when a part does not fit this kind
     */
    Catalogued edit(CatalogEdit edit, java.time.Instant now);

    @Override
    default Optional<String> uniqueKey() {
        return Optional.of(fold(name()));
    }

    /** The form of a name that is compared: composed, lower case, outer blanks removed. */
    static String fold(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
