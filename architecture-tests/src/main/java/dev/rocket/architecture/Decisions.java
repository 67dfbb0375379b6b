package dev.rocket.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the files that say what was decided and why. */
public final class Decisions {

    private static final List<String> PARTS = List.of("## Context", "## Decision", "## Rejected");
    private static final Pattern ENFORCED = Pattern.compile("(?m)^Enforced by: (.+)$");
    private static final Pattern TYPE = Pattern.compile("`([^`]*)`");
    private static final int SCREEN = 50;

    private Decisions() {}

    /**
     * Where decisions are not as they should be, a sentence each.
     *
     * <p>They are numbered without a gap, fit one screen, have every part, and name the types that
     * enforce them in a line {@code Enforced by: `TypeName`}.
     *
     * @param decisions the files
     * @param types the simple names of rules and tests
     * @throws IllegalArgumentException when there is no decision
     */
    public static List<String> violations(Collection<Source> decisions, Set<String> types) {
        if (decisions.isEmpty()) {
            throw new IllegalArgumentException("no decisions");
        }
        List<String> found = new ArrayList<>();
        int number = 0;
        for (Source one : decisions) {
            String start = String.format(Locale.ROOT, "%04d-", ++number);
            String file = one.name().substring(one.name().lastIndexOf('/') + 1);
            if (!file.matches(start + "[a-z0-9-]+\\.md")) {
                found.add(one.name() + " should be called " + start + "title.md");
            }
            Stream.concat(form(one), enforcers(one, types))
                    .map(why -> one.name() + " " + why)
                    .forEach(found::add);
        }
        return found;
    }

    private static Stream<String> form(Source one) {
        List<String> lines = one.lines();
        Stream<String> parts =
                PARTS.stream()
                        .filter(part -> lines.stream().noneMatch(part::equals))
                        .map(part -> "lacks the part " + part);
        return lines.size() > SCREEN
                ? Stream.concat(parts, Stream.of("is longer than " + SCREEN + " lines"))
                : parts;
    }

    private static Stream<String> enforcers(Source one, Set<String> types) {
        Matcher line = ENFORCED.matcher(one.text());
        if (!line.find()) {
            return Stream.of("does not say what it is enforced by");
        }
        List<String> named =
                TYPE.matcher(line.group(1)).results().map(match -> match.group(1)).toList();
        return named.isEmpty()
                ? Stream.of("names no type that enforces it")
                : named.stream()
                        .filter(type -> !types.contains(type))
                        .map(type -> "names " + type + ", which is no rule or test");
    }
}
