package dev.rocket.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies in the topmost folder.
 *
 * @param must what is there, always
 * @param may what may stand beside it; hidden files always may
 */
public record TopLevel(Set<String> must, Set<String> may) {

    /** Copies both. */
    public TopLevel {
        must = Set.copyOf(must);
        may = Set.copyOf(may);
    }

    /**
     * What is missing or too much, a sentence each.
     *
     * @throws UncheckedIOException when the folder cannot be read
     */
    public List<String> violations(Path folder) {
        Set<String> there = names(folder);
        Stream<String> missing =
                new TreeSet<>(must)
                        .stream().filter(name -> !there.contains(name)).map(n -> n + " is missing");
        Stream<String> beyond =
                there.stream()
                        .filter(name -> !must.contains(name) && !may.contains(name))
                        .filter(name -> !name.startsWith("."))
                        .map(name -> name + " is not on the plan");
        return Stream.concat(missing, beyond).toList();
    }

    private static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
