package dev.rocket.architecture;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule on what files say.
 *
 * @param sentence what it asks
 * @param judge finds where one file breaks it, a sentence each
 */
public record SourceRule(String sentence, Function<Source, Stream<String>> judge) {

    /**
     * Where files break it; empty when none does.
     *
     * @throws IllegalArgumentException for no files, on which any rule would pass
     */
    public List<String> violations(Collection<Source> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("no files to judge by: " + sentence);
        }
        return sources.stream().flatMap(judge).toList();
    }
}
