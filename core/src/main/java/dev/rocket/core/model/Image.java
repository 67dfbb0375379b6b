package dev.rocket.core.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * One entity, complete, as it stands after a change.
 *
 * <p>The feed carries images; the store keeps the newest of each entity. {@link Gone} stands for an
 * entity that was deleted.
 */
public sealed interface Image permits Task, Catalogued, Comment, Token, Job, Image.Gone {

    /** What it is known by for ever. */
    Id<?> id();

    /** How many changes it has seen. */
    Revision revision();

    /**
     * What no other entity of its kind may share: a folded name, a token's hash; empty where
     * nothing but the id is unique.
     */
    default Optional<String> uniqueKey() {
        return Optional.empty();
    }

    /** The task that this entity hangs on and is deleted with: a comment's; else empty. */
    default Optional<Task.Id> owner() {
        return Optional.empty();
    }

    /** The kinds of entity that the feed knows. */
    enum Kind {
        /** {@link Task}. */
        TASK,
        /** {@link Project}. */
        PROJECT,
        /** {@link Label}. */
        LABEL,
        /** {@link Member}. */
        MEMBER,
        /** {@link Comment}. */
        COMMENT,
        /** {@link Token}; never shown to followers of the feed. */
        TOKEN,
        /** {@link Job}; never shown to followers of the feed. */
        JOB;

        private final String wire = name().toLowerCase(java.util.Locale.ROOT);

        /** The lower-case name that files, tables and the network use. */
        public String wire() {
            return wire;
        }

        /** Whether it is of the server's own, for administrators alone. */
        public boolean isInternal() {
            return this == TOKEN || this == JOB;
        }

        /** The kind of that name. Refuses an unknown one with IllegalArgumentException. */
        public static Kind parse(String wire) {
            for (Kind kind : values()) {
                if (kind.wire.equals(wire)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind is called " + wire);
        }

        /** An id of this kind. */
        public Id<?> id(UUID value) {
            return switch (this) {
                case TASK -> new Task.Id(value);
                case PROJECT -> new Project.Id(value);
                case LABEL -> new Label.Id(value);
                case MEMBER -> new Member.Id(value);
                case COMMENT -> new Comment.Id(value);
                case TOKEN -> new Token.Id(value);
                case JOB -> new Job.Id(value);
            };
        }
    }

    /**
     * A typed name for one entity.
     *
     * <p>It is a UUID and the kind that it belongs to.
     *
     * @param <I> what it names
     */
    sealed interface Id<I extends Image>
            permits Task.Id, Project.Id, Label.Id, Member.Id, Comment.Id, Token.Id, Job.Id {

        /** Ascending by the sixteen bytes, unsigned: the order every store keeps. */
        Comparator<UUID> ORDER =
                (a, b) -> {
                    int high =
                            Long.compareUnsigned(
                                    a.getMostSignificantBits(), b.getMostSignificantBits());
                    return high != 0
                            ? high
                            : Long.compareUnsigned(
                                    a.getLeastSignificantBits(), b.getLeastSignificantBits());
                };

        /** The bare UUID. */
        UUID value();

        /** The kind of what it names. */
        Kind kind();

        /** The class of what it names. */
        Class<I> type();

        /** The UUID in its 36-character text form. */
        default String text() {
            return value().toString();
        }
    }

    /**
     * The image of an entity that was deleted.
     *
     * @param id what it was known by
     * @param revision the count including the deletion
     */
    record Gone(Id<?> id, Revision revision) implements Image {}
}
