package dev.rocket.core.model;

import java.util.List;
import java.util.Optional;

/**
 * What to set on a project, label or member.
 *
 * @param parts each sets one field; the last of two that set the same field wins
 */
public record CatalogEdit(List<Part> parts) {

    /** Copies the list. */
    public CatalogEdit {
        parts = List.copyOf(parts);
    }

    /** An edit of these parts. */
    public static CatalogEdit of(Part... parts) {
        return new CatalogEdit(List.of(parts));
    }

    /** The name that it sets, when it sets one. */
    public Optional<String> name() {
        return parts.stream()
                .filter(Name.class::isInstance)
                .map(part -> ((Name) part).name())
                .reduce((first, last) -> last);
    }

    /** One field to set. */
    public sealed interface Part permits Name, Notes, Color, Archived, Email {}

    /** Sets the name; any kind. */
    public record Name(String name) implements Part {
        /** Refuses what is blank, too long or unprintable. */
        public Name {
            name = Text.line("name", name, Limits.NAME_CHARS);
        }
    }

    /** Sets the notes, Markdown text; projects. */
    public record Notes(String notes) implements Part {
        /** Refuses what is too long. */
        public Notes {
            notes = Text.prose("notes", notes, Limits.NOTES_CHARS);
        }
    }

    /** Sets the colour as {@code #rrggbb}, or clears it; projects and labels. */
    public record Color(Optional<String> color) implements Part {
        /** Refuses any other form. */
        public Color {
            if (color.isPresent() && !color.get().matches("#[0-9a-f]{6}")) {
                throw Refused.invalid("color", "must look like #1e90ff, in lower case");
            }
        }
    }

    /** Says whether it is put away; projects. */
    public record Archived(boolean archived) implements Part {}

    /** Sets the e-mail address, or clears it; members. */
    public record Email(Optional<String> email) implements Part {
        /** Refuses what cannot be an address. */
        public Email {
            if (email.isPresent()) {
                String address = Text.line("email", email.get(), Limits.NAME_CHARS);
                if (!address.matches("[^@\\s]+@[^@\\s]+")) {
                    throw Refused.invalid("email", "must look like name@example.org");
                }
                email = Optional.of(address);
            }
        }
    }
}
