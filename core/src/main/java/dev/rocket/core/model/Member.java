package dev.rocket.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Someone tasks are given to.
 *
 * @param id for ever
 * @param revision its changes so far
 * @param name unique among members, whatever the case
 * @param email address for notices
 * @param stamp made and last changed
 */
public record Member(Id id, Revision revision, String name, Optional<String> email, Stamp stamp)
        implements Catalogued {

    /** The id of a member. */
    public record Id(UUID value) implements Image.Id<Member> {
        @Override
        public Kind kind() {
            return Kind.MEMBER;
        }

        @Override
        public Class<Member> type() {
            return Member.class;
        }
    }

    /** A new member of that name, at the first revision. */
    public static Member named(Id id, String name, Instant now) {
        return new Member(id, Revision.FIRST, name, Optional.empty(), Stamp.born(now));
    }

    @Override
    public Member edit(CatalogEdit edit, Instant now) {
        return with(edit, revision.next(), stamp.touched(now));
    }

    /** This member with the parts set, at a given revision. */
    public Member with(CatalogEdit edit, Revision at, Stamp stamped) {
        String newName = name;
        Optional<String> newEmail = email;
        for (CatalogEdit.Part part : edit.parts()) {
            switch (part) {
                case CatalogEdit.Name p -> newName = p.name();
                case CatalogEdit.Email p -> newEmail = p.email();
                case CatalogEdit.Notes p -> throw Refused.invalid("notes", "is for projects");
                case CatalogEdit.Archived p -> throw Refused.invalid("archived", "is for projects");
                case CatalogEdit.Color p ->
                        throw Refused.invalid("color", "is for projects and labels");
            }
        }
        return new Member(id, at, newName, newEmail, stamped);
    }
}
