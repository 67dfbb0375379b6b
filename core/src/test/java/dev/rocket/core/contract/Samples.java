package dev.rocket.core.contract;

import dev.rocket.core.model.Due;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Priority;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Revision;
import dev.rocket.core.model.Schedule;
import dev.rocket.core.model.Stamp;
import dev.rocket.core.model.Status;
import dev.rocket.core.model.Task;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Random tasks that resemble each other: few values, many ties.
 *
 * <p>Safe from one thread.
 */
public final class Samples {

    private static final List<String> WORDS =
            List.of(
                    "milk",
                    "Milk",
                    "milkman",
                    "café",
                    "CAFE\u0301",
                    "straße",
                    "STRASSE",
                    "naïve",
                    "Ωmega",
                    "ωμέγα",
                    "東京",
                    "東京都",
                    "日本",
                    "ﬁne",
                    "fine",
                    "x2",
                    "42",
                    "R2-D2",
                    "it's",
                    "a*b",
                    "🌱",
                    "plan🌱ted",
                    "İstanbul",
                    "istanbul",
                    "Ещё",
                    "еще",
                    "\"or\"",
                    "NOT",
                    "AND",
                    "c++",
                    "señor",
                    "sen",
                    "e-mail",
                    "under_score",
                    "עברית",
                    "हिन्दी");

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"), ZoneId.of("+05:30"));

    private final RandomGenerator random;
    private final List<Project.Id> projects;
    private final List<Member.Id> members;
    private final List<Label.Id> labels;

    /** Draws from that source of chance. */
    public Samples(RandomGenerator random) {
        this.random = random;
        this.projects = List.of(new Project.Id(uuid()), new Project.Id(uuid()));
        this.members = List.of(new Member.Id(uuid()), new Member.Id(uuid()));
        this.labels = List.of(new Label.Id(uuid()), new Label.Id(uuid()), new Label.Id(uuid()));
    }

    /** A task with every field filled, the hard way. */
    public static Task fullTask(UUID id) {
        NavigableSet<Label.Id> labels =
                Links.sorted(
                        List.of(
                                new Label.Id(new UUID(-1, 5)),
                                new Label.Id(new UUID(7, -1)),
                                new Label.Id(new UUID(7, 1))));
        LocalDateTime overlap = LocalDateTime.parse("2026-10-25T02:30:00");
        return new Task(
                new Task.Id(id),
                new Revision(12),
                "Buy \"milk\" \\ 牛乳 🥛",
                "# Notes\n\twith <tags> & \u2028 separators\n\n" + "long ".repeat(2000),
                Status.DONE,
                Priority.URGENT,
                new Schedule(
                        Optional.of(new Due.Day(LocalDate.parse("2024-02-29"))),
                        Optional.of(
                                new Due.Zoned(
                                        overlap.atZone(ZoneId.of("Europe/Berlin"))
                                                .withLaterOffsetAtOverlap()))),
                new Links(
                        Optional.of(new Project.Id(new UUID(1, 2))),
                        Optional.of(new Task.Id(new UUID(3, 4))),
                        labels,
                        Optional.of(new Member.Id(new UUID(5, 6)))),
                new Position("0zZV"),
                new Stamp(
                        Instant.parse("1999-12-31T23:59:59.999Z"),
                        Instant.parse("2026-03-29T00:00:00.001Z")),
                Optional.of(Instant.parse("2026-03-29T00:00:00Z")));
    }

    /** A random UUID; its highest bit is often set, which a signed order gets wrong. */
    public UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** A random task at its first revision. */
    public Task task(Optional<Task.Id> parent) {
        Instant created = instant();
        Instant updated = created.plusMillis(random.nextInt(4));
        Status status = pick(List.of(Status.values()));
        return new Task(
                new Task.Id(uuid()),
                Revision.FIRST,
                words(1 + random.nextInt(4)),
                random.nextInt(3) == 0 ? "" : words(1 + random.nextInt(6)).replace(' ', '\n'),
                status,
                pick(List.of(Priority.values())),
                new Schedule(due(), due()),
                new Links(maybe(projects), parent, labels(), maybe(members)),
                new Position(pick(List.of("V", "Vz", "a", "A1", "0V", "zz", "B"))),
                new Stamp(created, updated),
                status == Status.DONE ? Optional.of(updated) : Optional.empty());
    }

    /** An instant out of a few milliseconds around two moments. */
    public Instant instant() {
        long around = random.nextBoolean() ? 1_700_000_000_000L : 1_800_000_000_000L;
        return Instant.ofEpochMilli(around + random.nextInt(5));
    }

    /** Some words, the same again and again. */
    public String words(int count) {
        StringBuilder text = new StringBuilder(pick(WORDS));
        for (int i = 1; i < count; i++) {
            text.append(' ').append(pick(WORDS));
        }
        return text.toString();
    }

    /** A due date of any kind, or none. */
    public Optional<Due> due() {
        LocalDate date = LocalDate.of(2026, 3, 27 + random.nextInt(4));
        LocalDateTime time = date.atTime(random.nextInt(4), 30 * random.nextInt(2));
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Due.Day(date));
            case 2 -> Optional.of(new Due.Local(time));
            default -> Optional.of(new Due.Zoned(time.atZone(pick(ZONES))));
        };
    }

    /** One of the projects, members or labels that the tasks refer to, or none. */
    public Optional<Project.Id> project() {
        return maybe(projects);
    }

    /** One of the members that tasks are given to, or none. */
    public Optional<Member.Id> member() {
        return maybe(members);
    }

    /** One of the labels that tasks carry, or none. */
    public Optional<Label.Id> label() {
        return maybe(labels);
    }

    private NavigableSet<Label.Id> labels() {
        return Links.sorted(labels.stream().filter(label -> random.nextBoolean()).toList());
    }

    private <T> Optional<T> maybe(List<T> some) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(pick(some));
    }

    /** One of some. */
    public <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
