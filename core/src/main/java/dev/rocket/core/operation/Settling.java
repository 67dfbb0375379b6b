package dev.rocket.core.operation;

import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Links;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ImportStore.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The decisions on the items of one batch, on one ground. */
final class Settling {

    /** What an item came to, with what there is to tell about it. */
    record Settled(ImportItem item, Result result, List<Finding> findings) {}

    private final Ground ground;
    private final Map<UUID, UUID> aliases;
    private final boolean update;
    private final boolean atTheEnd;
    private final Set<Image.Id<?>> known = new HashSet<>();
    private List<Finding> findings = new ArrayList<>();

    /**
     * Decides on a ground.
     *
     * @param aliases which catalog entry stands for another of the same name; added to
     * @param update whether what differs is replaced
     * @param atTheEnd whether what an item waits for will not come any more
     */
    Settling(Ground ground, Map<UUID, UUID> aliases, boolean update, boolean atTheEnd) {
        this.ground = ground;
        this.aliases = aliases;
        this.update = update;
        this.atTheEnd = atTheEnd;
    }

    /** Decides on one item and carries it out on the ground. */
    Settled settle(ImportItem item) {
        findings = new ArrayList<>();
        Result result = decide(item);
        return new Settled(item, result, findings);
    }

    private Result decide(ImportItem item) {
        if (item.image() instanceof Catalogued entry) {
            return entry(item, entry);
        }
        Optional<Task.Id> awaited = item.awaited();
        if (awaited.isEmpty() || holds(awaited.get())) {
            return place(fit(item));
        }
        if (!atTheEnd) {
            return Result.WAITS;
        }
        if (!update && ground.standing(item) == Ground.Standing.GONE) {
            return kept(item, Ground.Standing.GONE);
        }
        if (item.image() instanceof Task task) {
            lost(item, "parent", awaited.get(), "names no task that is here");
            return place(fit(item.with(linked(task, task.links().withParent(Optional.empty())))));
        }
        lost(item, item.kind(), awaited.get(), "is about a task that is not here");
        return Result.LOST;
    }

    private Result entry(ImportItem item, Catalogued entry) {
        Optional<UUID> named = ground.named(entry).map(Image.Id::value);
        boolean taken = named.isPresent() && !named.get().equals(entry.id().value());
        if (taken) {
            aliases.put(entry.id().value(), named.get());
        }
        if (item.exactness() != ImportItem.Exactness.EXACT) {
            // Another program knows the name alone: an entry renamed here since is still meant.
            boolean here = named.isPresent() || holds(entry.id());
            return here ? Result.UNCHANGED : put(item, Result.CREATED);
        }
        if (taken) {
            String why = "has a name that " + named.get() + " has here, which is used instead";
            findings.add(
                    new Finding(Finding.Fate.KEPT, item.where(), item.kind(), entry.name(), why));
            return Result.KEPT;
        }
        return place(item);
    }

    private Result place(ImportItem item) {
        Ground.Standing standing = ground.standing(item);
        return switch (standing) {
            case SAME -> Result.UNCHANGED;
            case ABSENT -> put(item, Result.CREATED);
            case GONE -> update ? put(item, Result.CREATED) : kept(item, standing);
            case OTHER -> update ? put(item, Result.UPDATED) : kept(item, standing);
        };
    }

    private Result put(ImportItem item, Result result) {
        ground.put(item);
        return result;
    }

    private Result kept(ImportItem item, Ground.Standing standing) {
        String fields = standing == Ground.Standing.GONE ? "" : ground.differences(item);
        String why =
                standing == Ground.Standing.GONE
                        ? "was deleted here and stays so"
                        : "is here already and differs" + (fields.isEmpty() ? "" : " in " + fields);
        String id = item.image().id().text();
        findings.add(new Finding(Finding.Fate.KEPT, item.where(), item.kind(), id, why));
        return Result.KEPT;
    }

    private ImportItem fit(ImportItem item) {
        if (!(item.image() instanceof Task task)) {
            return item;
        }
        Links links = task.links();
        List<Label.Id> labels = new ArrayList<>();
        for (Label.Id id : links.labels()) {
            meant(item, "labels", id).map(Label.Id::new).ifPresent(labels::add);
        }
        Links fitted =
                new Links(
                        links.project()
                                .flatMap(id -> meant(item, "project", id))
                                .map(Project.Id::new),
                        links.parent().filter(parent -> takes(item, task, parent)),
                        labels.isEmpty() ? Links.NONE.labels() : Links.sorted(labels),
                        links.assignee()
                                .flatMap(id -> meant(item, "assignee", id))
                                .map(Member.Id::new));
        return fitted.equals(links) ? item : item.with(linked(task, fitted));
    }

    /** The entry that a link leads to here. */
    private Optional<UUID> meant(ImportItem item, String field, Image.Id<?> id) {
        UUID value = aliases.getOrDefault(id.value(), id.value());
        if (holds(id.kind().id(value))) {
            return Optional.of(value);
        }
        lost(item, field, id, "names no " + id.kind().wire() + " that is here");
        return Optional.empty();
    }

    /** Whether a parent can take a task. */
    private boolean takes(ImportItem item, Task task, Task.Id parent) {
        int above = 0;
        Optional<Task.Id> at = Optional.of(parent);
        while (at.isPresent() && above < Limits.DEPTH) {
            if (at.get().equals(task.id())) {
                lost(item, "parent", parent, "would make the task a part of itself");
                return false;
            }
            above++;
            at = ground.parent(at.get());
        }
        int room = Limits.DEPTH - above;
        if (room < 1 || below(task, parent, room) > room) {
            lost(item, "parent", parent, "would nest deeper than " + Limits.DEPTH);
            return false;
        }
        return true;
    }

    /** Tasks on the longest path down from a task; a new one and one that stays have no say. */
    private int below(Task task, Task.Id parent, int room) {
        boolean moved =
                ground.holds(task.id()) && !ground.parent(task.id()).equals(Optional.of(parent));
        return moved ? ground.height(task.id(), room + 1) : 1;
    }

    private boolean holds(Image.Id<?> id) {
        if (known.contains(id)) {
            return true;
        }
        boolean holds = ground.holds(id);
        if (holds) {
            known.add(id);
        }
        return holds;
    }

    private void lost(ImportItem item, String field, Image.Id<?> id, String why) {
        findings.add(new Finding(Finding.Fate.LOST, item.where(), field, id.text(), why));
    }

    private static Task linked(Task task, Links links) {
        TaskEdit edit =
                TaskEdit.of(
                        new TaskEdit.InProject(links.project()),
                        new TaskEdit.Under(links.parent()),
                        new TaskEdit.Labels(links.labels()),
                        new TaskEdit.GivenTo(links.assignee()));
        return task.with(edit, task.revision(), task.stamp());
    }
}
