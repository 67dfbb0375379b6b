package dev.rocket.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A named collection of tasks.
 *
 * @param id for ever
 * @param revision its changes so far
 * @param name unique among projects, whatever the case
 * @param notes Markdown text, may be empty
 * @param color {@code #rrggbb}
 * @param archived put away, out of the usual lists
 * @param stamp made and last changed
 */
public record Project(
        Id id,
        Revision revision,
        String name,
        String notes,
        Optional<String> color,
        boolean archived,
        Stamp stamp)
        implements Catalogued {

    /** The id of a project. */
    public record Id(UUID value) implements Image.Id<Project> {
        @Override
        public Kind kind() {
            return Kind.PROJECT;
        }

        @Override
        public Class<Project> type() {
            return Project.class;
        }
    }

    /** A new project of that name, at its first revision. */
    public static Project named(Id id, String name, Instant now) {
        return new Project(id, Revision.FIRST, name, "", Optional.empty(), false, Stamp.born(now));
    }

    @Override
    public Project edit(CatalogEdit edit, Instant now) {
        return with(edit, revision.next(), stamp.touched(now));
    }

    /** This project with the parts set, at a given revision. */
    public Project with(CatalogEdit edit, Revision at, Stamp stamped) {
        String newName = name;
        String newNotes = notes;
        Optional<String> newColor = color;
        boolean newArchived = archived;
        for (CatalogEdit.Part part : edit.parts()) {
            switch (part) {
                case CatalogEdit.Name p -> newName = p.name();
                case CatalogEdit.Notes p -> newNotes = p.notes();
                case CatalogEdit.Color p -> newColor = p.color();
                case CatalogEdit.Archived p -> newArchived = p.archived();
                case CatalogEdit.Email p -> throw Refused.invalid("email", "is for members");
            }
        }
        return new Project(id, at, newName, newNotes, newColor, newArchived, stamped);
    }
}
