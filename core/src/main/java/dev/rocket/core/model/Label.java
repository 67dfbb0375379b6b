package dev.rocket.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A tag that any number of tasks may carry.
 *
 * @param id for ever
 * @param revision its changes so far
 * @param name unique among labels, whatever the case
 * @param color {@code #rrggbb}
 * @param stamp made and last changed
 */
public record Label(Id id, Revision revision, String name, Optional<String> color, Stamp stamp)
        implements Catalogued {

    /** The id of a label. */
    public record Id(UUID value) implements Image.Id<Label> {
        @Override
        public Kind kind() {
            return Kind.LABEL;
        }

        @Override
        public Class<Label> type() {
            return Label.class;
        }
    }

    /** A new label of that name, at its first revision. */
    public static Label named(Id id, String name, Instant now) {
        return new Label(id, Revision.FIRST, name, Optional.empty(), Stamp.born(now));
    }

    @Override
    public Label edit(CatalogEdit edit, Instant now) {
        return with(edit, revision.next(), stamp.touched(now));
    }

    /** This label with the parts set, at a given revision. */
    public Label with(CatalogEdit edit, Revision at, Stamp stamped) {
        String newName = name;
        Optional<String> newColor = color;
        for (CatalogEdit.Part part : edit.parts()) {
            switch (part) {
                case CatalogEdit.Name p -> newName = p.name();
                case CatalogEdit.Color p -> newColor = p.color();
                case CatalogEdit.Notes p -> throw Refused.invalid("notes", "is for projects");
                case CatalogEdit.Archived p -> throw Refused.invalid("archived", "is for projects");
                case CatalogEdit.Email p -> throw Refused.invalid("email", "is for members");
            }
        }
        return new Label(id, at, newName, newColor, stamped);
    }
}
