package dev.rocket.architecture;

import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.OpensTree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages that each Java module shows to others.
 *
 * @param plan the names of modules and the packages of each
 */
public record Doors(Map<String, Set<String>> plan) {

    /** Copies the plan. */
    public Doors {
        plan = Map.copyOf(plan);
    }

    /**
     * Where module descriptors and plan disagree, a sentence each.
     *
     * @param descriptors every {@code module-info.java}
     */
    public List<String> violations(Collection<Source> descriptors) {
        Map<String, Set<String>> built = new TreeMap<>();
        for (Source descriptor : descriptors) {
            Part.in(descriptor, ModuleTree.class)
                    .forEach(
                            module ->
                                    built.put(
                                            module.tree().getName().toString(), doors(descriptor)));
        }
        return Stream.of(built.keySet(), plan.keySet())
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .filter(name -> !Objects.equals(plan.get(name), built.get(name)))
                .map(name -> name + " shows " + built.get(name) + ", planned is " + planned(name))
                .toList();
    }

    private String planned(String name) {
        Set<String> packages = plan.get(name);
        return packages == null ? "no such module" : new TreeSet<>(packages).toString();
    }

    private static Set<String> doors(Source descriptor) {
        Stream<String> exports =
                Part.in(descriptor, ExportsTree.class)
                        .map(door -> door.tree().getPackageName() + guests(door.tree()));
        Stream<String> opens =
                Part.in(descriptor, OpensTree.class)
                        .map(door -> "open " + door.tree().getPackageName());
        return Stream.concat(exports, opens).collect(Collectors.toCollection(TreeSet::new));
    }

    /** For whom alone a door is open. */
    private static String guests(ExportsTree door) {
        return door.getModuleNames() == null ? "" : " to " + door.getModuleNames();
    }
}
