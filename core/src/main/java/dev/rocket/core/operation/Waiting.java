package dev.rocket.core.operation;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Items that wait for tasks which may come later, the longest waiting first. */
final class Waiting {

    private final Map<Task.Id, List<ImportItem>> byAwaited = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    void add(ImportItem item) {
        byAwaited.computeIfAbsent(awaited(item), id -> new ArrayList<>(1)).add(item);
        size++;
    }

    /** Takes out those that wait for a task. */
    List<ImportItem> release(Task.Id task) {
        List<ImportItem> items = byAwaited.remove(task);
        size -= items == null ? 0 : items.size();
        return items == null ? List.of() : items;
    }

    /** Takes out those that wait longest. */
    List<ImportItem> oldest(int atLeast) {
        List<ImportItem> items = new ArrayList<>();
        while (items.size() < atLeast && size > 0) {
            items.addAll(release(byAwaited.keySet().iterator().next()));
        }
        return items;
    }

    /**
     * Takes out those whose task does not wait itself, so never comes; when all wait for one
     * another, one of a circle.
     */
    List<ImportItem> hopeless() {
        Map<Image.Id<?>, ImportItem> waiting = new HashMap<>();
        byAwaited.values().forEach(all -> all.forEach(i -> waiting.put(i.image().id(), i)));
        List<ImportItem> items = new ArrayList<>();
        List.copyOf(byAwaited.keySet()).stream()
                .filter(awaited -> !waiting.containsKey(awaited))
                .forEach(awaited -> items.addAll(release(awaited)));
        if (items.isEmpty()) {
            byAwaited.values().stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .map(first -> circular(first, waiting))
                    .ifPresent(items::add);
            items.forEach(this::remove);
        }
        return items;
    }

    private static ImportItem circular(ImportItem first, Map<Image.Id<?>, ImportItem> waiting) {
        Set<Image.Id<?>> seen = new HashSet<>();
        ImportItem at = first;
        while (seen.add(at.image().id())) {
            at = Optional.ofNullable(waiting.get(awaited(at))).orElseThrow();
        }
        return at;
    }

    private void remove(ImportItem item) {
        List<ImportItem> rest = new ArrayList<>(release(awaited(item)));
        rest.remove(item);
        rest.forEach(this::add);
    }

    private static Task.Id awaited(ImportItem item) {
        return item.awaited().orElseThrow();
    }
}
