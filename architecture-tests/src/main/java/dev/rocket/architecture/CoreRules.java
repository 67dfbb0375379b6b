package dev.rocket.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for a core that stands alone.
 *
 * <p>Each names a package and holds it with all below it; on a package without classes it fails.
 */
public final class CoreRules {

    private static final Set<String> JDK =
            Object.class.getModule().getDescriptor().exports().stream()
                    .filter(door -> !door.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> CHANCE =
            Set.of(
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.util.concurrent.ThreadLocalRandom",
                    "java.util.random.RandomGenerator",
                    "java.util.random.RandomGeneratorFactory");

    private static final String[] STARTERS = {
        "start", "startVirtualThread", "ofVirtual", "ofPlatform"
    };

    private static final List<String> THREAD_KEEPERS =
            List.of(
                    "java.util.concurrent.Executor",
                    "java.util.concurrent.Executors",
                    "java.util.concurrent.ForkJoinTask",
                    "java.util.Timer",
                    "java.lang.ProcessBuilder");

    private CoreRules() {}

    private static ArchRule hold(String room, ArchCondition<JavaClass> condition) {
        return classes().that(liveIn(room)).should(condition).allowEmptyShould(false);
    }

    private static DescribedPredicate<JavaClass> liveIn(String room) {
        return DescribedPredicate.describe(
                "live in " + room,
                one ->
                        Names.isWithin(one.getPackageName(), room)
                                && !one.getSimpleName().equals("package-info"));
    }

    /**
     * The core needs itself and the module {@code java.base} alone.
     *
     * <p>What it uses is judged, not who uses it: a domain that imports {@code java.sql} is found.
     * Annotations on types and packages may come from elsewhere, since they do nothing.
     */
    public static ArchRule standsAlone(String core) {
        return hold(
                core,
                Use.condition(
                        "need the JDK and " + core + " alone",
                        one ->
                                one.getDirectDependenciesFromSelf().stream()
                                        .filter(use -> !isHome(use.getTargetClass(), core))
                                        .map(use -> use.getDescription())));
    }

    private static boolean isHome(JavaClass used, String core) {
        JavaClass type = used.getBaseComponentType();
        return type.isPrimitive()
                || Names.isWithin(type.getPackageName(), core)
                || JDK.contains(type.getPackageName());
    }

    /** The core is given clock, zone and chance; it reads none by itself. */
    public static ArchRule takesClockAndChance(String core) {
        return hold(
                core,
                Use.never(
                        "read clock, zone or chance by itself",
                        use -> readsClock(use) || readsPlace(use) || drawsLots(use)));
    }

    private static boolean readsClock(Use use) {
        return (use.name().equals("now") && isTime(use) && !use.takes("java.time.Clock"))
                || use.is("java.lang.System", "currentTimeMillis", "nanoTime")
                || (use.isOf("java.time.InstantSource") && isSystem(use))
                || (use.makes("java.util.Date") && use.parameters() == 0)
                || use.is("java.util.Calendar", "getInstance");
    }

    private static boolean isSystem(Use use) {
        boolean ticks = use.name().startsWith("tick") && !use.takes("java.time.InstantSource");
        return ticks || use.name().startsWith("system");
    }

    private static boolean isTime(Use use) {
        return Names.isWithin(use.room(), "java.time");
    }

    private static boolean readsPlace(Use use) {
        return use.is("java.time.ZoneId", "systemDefault")
                || use.is("java.util.TimeZone", "getDefault")
                || use.is("java.util.Locale", "getDefault");
    }

    private static boolean drawsLots(Use use) {
        return CHANCE.stream().anyMatch(use::makes)
                || use.is("java.lang.Math", "random")
                || use.is("java.util.UUID", "randomUUID")
                || (use.is("java.util.Collections", "shuffle") && use.parameters() == 1);
    }

    /** The core starts no thread and no process, by hand, pool, stream or future. */
    public static ArchRule startsNoThread(String core) {
        return hold(core, Use.never("start a thread", CoreRules::starts));
    }

    private static boolean starts(Use use) {
        return (use.isOf("java.lang.Thread") && use.isConstruction())
                || use.is("java.lang.Thread", STARTERS)
                || THREAD_KEEPERS.stream().anyMatch(use::isOf)
                || use.is("java.lang.Runtime", "exec")
                || (use.isOf("java.util.concurrent.CompletionStage")
                        && use.name().endsWith("Async"))
                || (Names.isWithin(use.room(), "java.util") && use.name().startsWith("parallel"));
    }

    /** A model is records, enums, sealed and final types. */
    public static ArchRule isPlain(String model) {
        return hold(
                model,
                Use.condition(
                        "be a record, an enum, or a sealed or final type",
                        one ->
                                isClosed(one)
                                        ? Stream.of()
                                        : Stream.of(one.getName() + " is open to anything")));
    }

    private static boolean isClosed(JavaClass one) {
        return one.isRecord()
                || one.isEnum()
                || one.getModifiers().contains(JavaModifier.FINAL)
                || one.isAnonymousClass()
                || one.reflect().isSealed();
    }

    /**
     * Ports are narrow.
     *
     * @param ports their package
     * @param atMost so many methods, inherited ones counted, may an interface have
     */
    public static ArchRule areNarrow(String ports, int atMost) {
        return hold(
                ports,
                Use.condition(
                        "have at most " + atMost + " methods",
                        one -> {
                            long wide = one.isInterface() ? methods(one) : 0;
                            return wide > atMost
                                    ? Stream.of(one.getName() + " has " + wide + " methods")
                                    : Stream.of();
                        }));
    }

    private static long methods(JavaClass port) {
        return port.getAllMethods().stream()
                .filter(method -> !method.getOwner().isEquivalentTo(Object.class))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(CoreRules::signature)
                .distinct()
                .count();
    }

    private static String signature(JavaMethod method) {
        return method.getName() + method.getRawParameterTypes();
    }
}
