package dev.rocket.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for what stands around a core.
 *
 * <p>Homes, doors and libraries are named by types or packages, each with all inside. A rule judges
 * whoever does a thing, and fails when nobody does it: it never passes on nothing.
 */
public final class AdapterRules {

    private static final Set<String> TESTS =
            Set.of(
                    "contains",
                    "contentEquals",
                    "endsWith",
                    "equals",
                    "equalsIgnoreCase",
                    "indexOf",
                    "lastIndexOf",
                    "matches",
                    "regionMatches",
                    "startsWith");

    private AdapterRules() {}

    private static ArchRule rule(
            String who, Predicate<JavaClass> is, ArchCondition<JavaClass> condition) {
        return classes()
                .that(DescribedPredicate.describe(who, is))
                .should(condition)
                .allowEmptyShould(false);
    }

    /**
     * Only doors call certain methods; everybody else goes through them.
     *
     * @param methods type and name, as {@code house.port.Transaction.apply}; types below count too
     * @param doors who may
     */
    public static ArchRule goThrough(Collection<String> methods, Collection<String> doors) {
        Predicate<Use> one = use -> methods.stream().anyMatch(method -> isOf(use, method));
        return rule(
                "call " + methods,
                user -> Use.in(user).anyMatch(one),
                Use.condition(
                        "be " + doors,
                        user ->
                                Names.livesIn(user, doors)
                                        ? Stream.of()
                                        : Use.in(user).filter(one).map(Use::sentence)));
    }

    private static boolean isOf(Use use, String method) {
        int dot = method.lastIndexOf('.');
        return use.is(method.substring(0, dot), method.substring(dot + 1));
    }

    /**
     * A library's types stay in their homes.
     *
     * @param libraries packages or types
     * @param homes who may use them
     */
    public static ArchRule stayIn(Collection<String> libraries, Collection<String> homes) {
        return rule(
                "use " + libraries,
                user -> uses(user, libraries).findAny().isPresent(),
                Use.condition(
                        "live in " + homes,
                        user -> Names.livesIn(user, homes) ? Stream.of() : uses(user, libraries)));
    }

    /** The same for the users in one room alone; others may use the types as they like. */
    public static ArchRule stayIn(
            String room, Collection<String> libraries, Collection<String> homes) {
        return rule(
                "live in " + room + " and use " + libraries,
                user ->
                        Names.livesIn(user, List.of(room))
                                && uses(user, libraries).findAny().isPresent(),
                Use.condition(
                        "live in " + homes,
                        user -> Names.livesIn(user, homes) ? Stream.of() : uses(user, libraries)));
    }

    /**
     * An exception is caught in named places alone, so nobody swallows or answers it elsewhere.
     *
     * @param room whose catchers are judged
     * @param exception its type
     * @param catchers who may catch it by its own name
     */
    public static ArchRule caughtOnlyIn(
            String room, String exception, Collection<String> catchers) {
        return rule(
                "live in " + room + " and catch " + exception,
                one -> Names.livesIn(one, List.of(room)) && catches(one, exception),
                Use.condition(
                        "be " + catchers,
                        one ->
                                Names.livesIn(one, catchers)
                                        ? Stream.of()
                                        : Stream.of(one.getName() + " catches " + exception)));
    }

    private static boolean catches(JavaClass one, String exception) {
        return one.getCodeUnits().stream()
                .flatMap(unit -> unit.getTryCatchBlocks().stream())
                .flatMap(block -> block.getCaughtThrowables().stream())
                .anyMatch(caught -> caught.getFullName().equals(exception));
    }

    private static Stream<String> uses(JavaClass user, Collection<String> libraries) {
        return user.getDirectDependenciesFromSelf().stream()
                .filter(use -> Names.livesIn(use.getTargetClass(), libraries))
                .map(use -> use.getDescription());
    }

    /**
     * What a package shows to others names no type of a library, not even as a type argument.
     *
     * @param room one package, without those below it
     * @param libraries packages or types
     */
    public static ArchRule hide(String room, Collection<String> libraries) {
        return rule(
                "are public in " + room,
                one -> one.getPackageName().equals(room) && isShown(one),
                Use.condition(
                        "show nothing of " + libraries,
                        one ->
                                Stream.concat(parents(one), members(one))
                                        .filter(shown -> names(shown.types(), libraries))
                                        .map(Shown::sentence)));
    }

    private record Shown(String sentence, Stream<JavaType> types) {}

    private static boolean isShown(JavaClass one) {
        boolean open = one.getModifiers().contains(JavaModifier.PUBLIC);
        return open && one.getEnclosingClass().map(AdapterRules::isShown).orElse(true);
    }

    private static Stream<Shown> parents(JavaClass one) {
        return Stream.concat(one.getSuperclass().stream(), one.getInterfaces().stream())
                .map(parent -> new Shown(one.getName() + " extends it", Stream.of(parent)));
    }

    private static Stream<Shown> members(JavaClass one) {
        Stream<Shown> fields =
                one.getFields().stream()
                        .filter(AdapterRules::isOpen)
                        .map(field -> new Shown(field.getFullName(), Stream.of(field.getType())));
        Stream<Shown> code =
                one.getCodeUnits().stream()
                        .filter(AdapterRules::isOpen)
                        .map(
                                unit ->
                                        new Shown(
                                                unit.getFullName(),
                                                Stream.of(
                                                                unit.getParameterTypes(),
                                                                List.of(unit.getReturnType()),
                                                                unit.getExceptionTypes())
                                                        .flatMap(List::stream)));
        return Stream.concat(fields, code);
    }

    private static boolean isOpen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean names(Stream<JavaType> types, Collection<String> libraries) {
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .anyMatch(type -> Names.livesIn(type, libraries));
    }

    /**
     * Only few types put adapters together; records and enums of theirs anybody may make.
     *
     * @param builders who may
     * @param adapters their packages
     */
    public static ArchRule buildAlone(Collection<String> builders, Collection<String> adapters) {
        Predicate<Use> builds = use -> builds(use, adapters);
        return rule(
                "build adapters of " + adapters,
                user -> !Names.livesIn(user, adapters) && Use.in(user).anyMatch(builds),
                Use.condition(
                        "be one of " + builders,
                        user ->
                                Names.livesIn(user, builders)
                                        ? Stream.of()
                                        : Use.in(user).filter(builds).map(Use::sentence)));
    }

    private static boolean builds(Use use, Collection<String> adapters) {
        JavaClass made = use.access().getTargetOwner();
        return Names.livesIn(made, adapters)
                && !made.isRecord()
                && !made.isEnum()
                && (use.isConstruction() || use.isStatic());
    }

    /**
     * What a database's failure means is told by its code, never by its message.
     *
     * <p>No message of an {@code SQLException} is read at all, and no method that reads the message
     * of any failure also compares or searches text.
     *
     * @param adapter its package
     */
    public static ArchRule tellByCode(String adapter) {
        return rule(
                "live in " + adapter,
                one -> Names.livesIn(one, List.of(adapter)),
                Use.condition("tell failures by code", AdapterRules::readings));
    }

    private static Stream<String> readings(JavaClass one) {
        Map<String, List<Use>> units =
                Use.in(one)
                        .collect(
                                Collectors.groupingBy(
                                        use -> use.access().getOrigin().getFullName()));
        return units.values().stream()
                .flatMap(
                        uses -> {
                            boolean tests = uses.stream().anyMatch(AdapterRules::testsText);
                            return uses.stream()
                                    .filter(use -> readsFailure(use, tests))
                                    .map(Use::sentence);
                        });
    }

    private static boolean readsFailure(Use use, boolean tests) {
        String of = tests ? "java.lang.Throwable" : "java.sql.SQLException";
        return use.is(of, "getMessage", "getLocalizedMessage", "toString");
    }

    private static boolean testsText(Use use) {
        return (use.isOf("java.lang.String") && TESTS.contains(use.name()))
                || use.room().equals("java.util.regex");
    }
}
