package dev.rocket.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A plan of packages and whom each may reach.
 *
 * <p>It is read in both directions: a package that is not on it is as wrong as a room without a
 * package, since a rule on packages that do not exist always passes. Immutable.
 */
public final class Rooms {

    private final String root;
    private final Map<String, Set<String>> reach;

    private Rooms(String root, Map<String, Set<String>> reach) {
        this.root = root;
        this.reach = reach;
    }

    /**
     * An empty plan.
     *
     * @param root the package that all rooms lie in; it is left out of their names
     */
    public static Rooms under(String root) {
        return new Rooms(root, Map.of());
    }

    /**
     * The plan with one more room.
     *
     * @param name its package below the root
     * @param mayReach the rooms it may use; itself it always may
     * @throws IllegalArgumentException when the room is on the plan already
     */
    public Rooms room(String name, String... mayReach) {
        Map<String, Set<String>> more = new TreeMap<>(reach);
        if (more.put(name, Set.of(mayReach)) != null) {
            throw new IllegalArgumentException("the room " + name + " is on the plan twice");
        }
        return new Rooms(root, more);
    }

    /** The names of the rooms, in order. */
    public Set<String> names() {
        return new TreeSet<>(reach.keySet());
    }

    /**
     * Where plan and classes disagree, one sentence each; empty when the house is as planned.
     *
     * @param classes all classes of the house, without its tests
     */
    public List<String> violations(JavaClasses classes) {
        List<String> found = new ArrayList<>(flaws());
        Set<String> lived = new TreeSet<>();
        Set<String> beyond = new TreeSet<>();
        for (JavaClass one : classes) {
            String room = name(one.getPackageName());
            if (one.getSimpleName().equals("package-info") || room.isEmpty()) {
                continue;
            }
            lived.add(room);
            one.getDirectDependenciesFromSelf().stream()
                    .map(use -> use.getTargetClass().getBaseComponentType())
                    .filter(other -> !name(other.getPackageName()).isEmpty())
                    .filter(other -> !mayReach(room, name(other.getPackageName())))
                    .map(
                            other ->
                                    room
                                            + " may not reach "
                                            + name(other.getPackageName())
                                            + ", but "
                                            + one.getFullName()
                                            + " uses "
                                            + other.getFullName())
                    .forEach(beyond::add);
        }
        lived.stream()
                .filter(room -> !reach.containsKey(room))
                .map(room -> "the package " + room + " is not on the plan")
                .forEach(found::add);
        reach.keySet().stream()
                .filter(room -> !lived.contains(room))
                .map(room -> "the room " + room + " has no package")
                .forEach(found::add);
        found.addAll(beyond);
        return found;
    }

    /**
     * The plan as a picture, in the language of Mermaid.
     *
     * <p>Each arrow leads to a room that may be used; one is left out where others lead there too.
     */
    public String picture() {
        StringBuilder picture = new StringBuilder("flowchart TD\n");
        for (String room : names()) {
            picture.append("    ").append(word(room)).append('[').append(room).append("]\n");
        }
        reach.forEach(
                (room, others) ->
                        new TreeSet<>(others)
                                .stream()
                                        .filter(other -> isNext(room, other))
                                        .forEach(
                                                other ->
                                                        picture.append("    ")
                                                                .append(word(room))
                                                                .append(" --> ")
                                                                .append(word(other))
                                                                .append('\n')));
        return picture.toString();
    }

    /** Whether no other room that may be used leads there. */
    private boolean isNext(String room, String other) {
        return reach.getOrDefault(room, Set.of()).stream()
                .filter(between -> !between.equals(other))
                .noneMatch(between -> reachable(between).contains(other));
    }

    private static String word(String room) {
        return room.replace('.', '_');
    }

    private boolean mayReach(String from, String to) {
        return from.equals(to) || reach.getOrDefault(from, Set.of()).contains(to);
    }

    /** The name of a package on the plan; empty when it lies outside the root. */
    private String name(String packageName) {
        String prefix = root + ".";
        return packageName.startsWith(prefix) ? packageName.substring(prefix.length()) : "";
    }

    /** What is wrong with the plan itself: ways to rooms that are not on it, and circles. */
    private List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        reach.forEach(
                (room, others) ->
                        others.stream()
                                .filter(other -> !reach.containsKey(other))
                                .map(other -> room + " may reach " + other + ", which is no room")
                                .forEach(flaws::add));
        for (String room : reach.keySet()) {
            if (reachable(room).contains(room)) {
                flaws.add("the room " + room + " lies on a circle");
            }
        }
        return flaws;
    }

    private Set<String> reachable(String room) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(reach.getOrDefault(room, Set.of()));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (seen.add(next)) {
                open.addAll(reach.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
