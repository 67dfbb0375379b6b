package dev.rocket.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two adapters of one port, file by file.
 *
 * <p>Whoever knows one finds the way in the other. Files that begin with the name of the technology
 * must have a twin; what one technology needs alone is named for what it is.
 *
 * @param one the folder of sources of one, and the word that its files begin with
 * @param other the same of the other
 */
public record Mirrors(Side one, Side other) {

    /**
     * One of the two.
     *
     * @param folder where its sources are
     * @param word the name of the technology
     */
    public record Side(String folder, String word) {}

    /**
     * The files without a twin, a sentence each.
     *
     * @param sources the files of both, and perhaps others
     * @throws IllegalArgumentException when a side has no such file
     */
    public List<String> violations(Collection<Source> sources) {
        Set<String> left = names(sources, one);
        Set<String> right = names(sources, other);
        List<String> found = new ArrayList<>();
        left.stream().filter(name -> !right.contains(name)).forEach(n -> found.add(lone(one, n)));
        right.stream().filter(name -> !left.contains(name)).forEach(n -> found.add(lone(other, n)));
        return found;
    }

    private static String lone(Side side, String name) {
        return side.word() + name + " has no twin";
    }

    private static Set<String> names(Collection<Source> sources, Side side) {
        Set<String> names =
                sources.stream()
                        .filter(source -> source.name().startsWith(side.folder()))
                        .map(source -> source.name().substring(source.name().lastIndexOf('/') + 1))
                        .filter(name -> name.startsWith(side.word()))
                        .map(name -> name.substring(side.word().length()))
                        .collect(Collectors.toCollection(TreeSet::new));
        if (names.isEmpty()) {
            throw new IllegalArgumentException("nothing begins with " + side.word());
        }
        return names;
    }
}
