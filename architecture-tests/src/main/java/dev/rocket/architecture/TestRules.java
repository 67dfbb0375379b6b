package dev.rocket.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for tests. */
public final class TestRules {

    private static final Pattern SWITCH = Pattern.compile("(Disabled|Enabled)([A-Z]\\w*)?|Ignore");

    private static final Pattern ASSUMPTION = Pattern.compile("assum(e[A-Z]\\w*|ingThat)");

    private static final Set<String> SKIPPERS =
            Set.of("Assumptions", "TestAbortedException", "Assume", "AssumptionViolatedException");

    private static final List<String> MOCKERS =
            List.of(
                    "org.mockito",
                    "org.easymock",
                    "org.jmock",
                    "org.powermock",
                    "io.mockk",
                    "mockit",
                    "org.springframework.test.context.bean.override",
                    "com.github.tomakehurst.wiremock");

    private TestRules() {}

    /** No test is switched off, by hand, by condition or by an assumption. */
    public static SourceRule skipNothing() {
        return new SourceRule(
                "no test is skipped",
                source ->
                        Stream.of(
                                        Part.in(source, AnnotationTree.class)
                                                .filter(TestRules::switches),
                                        Part.in(source, MethodInvocationTree.class)
                                                .filter(call -> assumes(call.tree())),
                                        Part.in(source, IdentifierTree.class)
                                                .filter(
                                                        word ->
                                                                SKIPPERS.contains(
                                                                        last(word.tree()))),
                                        Part.in(source, MemberSelectTree.class)
                                                .filter(
                                                        name ->
                                                                SKIPPERS.contains(
                                                                        last(name.tree()))))
                                .flatMap(found -> found)
                                .map(part -> part.finding("skips: " + part.tree())));
    }

    private static boolean switches(Part<AnnotationTree> annotation) {
        return SWITCH.matcher(last(annotation.tree().getAnnotationType())).matches();
    }

    private static boolean assumes(MethodInvocationTree call) {
        Tree method = call.getMethodSelect();
        return method instanceof IdentifierTree && ASSUMPTION.matcher(last(method)).matches();
    }

    /** No test stands on a library of mocks. */
    public static SourceRule mockNothing() {
        return new SourceRule(
                "nothing is mocked",
                source ->
                        Part.in(source, MemberSelectTree.class)
                                .filter(name -> MOCKERS.contains(name.tree().toString()))
                                .map(name -> name.finding("mocks with " + name.tree())));
    }

    /** No test sleeps to wait for what another thread does. */
    public static SourceRule neverSleep() {
        return new SourceRule(
                "no test sleeps",
                source ->
                        Stream.concat(
                                        Part.in(source, MethodInvocationTree.class)
                                                .filter(call -> isSleep(call.tree())),
                                        Part.in(source, MemberReferenceTree.class)
                                                .filter(call -> isSleep(call.tree())))
                                .map(part -> part.finding("sleeps: " + part.tree())));
    }

    private static boolean isSleep(MethodInvocationTree call) {
        return last(call.getMethodSelect()).equals("sleep");
    }

    private static boolean isSleep(MemberReferenceTree method) {
        return method.getName().contentEquals("sleep");
    }

    private static String last(Tree name) {
        return switch (name) {
            case MemberSelectTree select -> select.getIdentifier().toString();
            case IdentifierTree word -> word.getName().toString();
            default -> "";
        };
    }

    /**
     * Where adapters do not run a kit of contracts: each contract needs a test in each adapter.
     *
     * @param tests classes of tests, the kit among them
     * @param base what every contract extends; contracts are abstract and stand in its package
     * @param adapters packages of tests, one for each adapter
     * @return a sentence for each contract that an adapter does not run
     * @throws IllegalArgumentException when there is no contract
     */
    public static List<String> contractsNotRun(
            JavaClasses tests, String base, List<String> adapters) {
        String kit = base.substring(0, base.lastIndexOf('.'));
        List<JavaClass> contracts =
                tests.stream()
                        .filter(one -> one.isAssignableTo(base) && !one.getFullName().equals(base))
                        .filter(one -> one.getPackageName().equals(kit))
                        .filter(one -> one.getModifiers().contains(JavaModifier.ABSTRACT))
                        .toList();
        if (contracts.isEmpty()) {
            throw new IllegalArgumentException("nothing extends " + base);
        }
        return adapters.stream()
                .flatMap(
                        adapter ->
                                contracts.stream()
                                        .filter(contract -> !runs(tests, adapter, contract))
                                        .map(
                                                contract ->
                                                        adapter
                                                                + " does not run "
                                                                + contract.getName()))
                .toList();
    }

    private static boolean runs(JavaClasses tests, String adapter, JavaClass contract) {
        return tests.stream()
                .filter(one -> one.getPackageName().equals(adapter))
                .filter(one -> !one.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(one -> one.getSimpleName().endsWith("Test"))
                .anyMatch(one -> one.isAssignableTo(contract.getFullName()));
    }
}
