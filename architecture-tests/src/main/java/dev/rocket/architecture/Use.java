package dev.rocket.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One use of a method or constructor, called or referred to.
 *
 * @param access as the class file has it
 */
record Use(JavaCodeUnitAccess<?> access) {

    /** Every use in a class, its lambdas included. */
    static Stream<Use> in(JavaClass user) {
        return Stream.concat(
                user.getCodeUnitCallsFromSelf().stream().map(Use::new),
                user.getCodeUnitReferencesFromSelf().stream().map(Use::new));
    }

    /** What is used belongs to that type or to one below it. */
    boolean isOf(String type) {
        return access.getTargetOwner().isAssignableTo(type);
    }

    /** The name of the method; {@code <init>} for a constructor. */
    String name() {
        return access.getTarget().getName();
    }

    /** What is used has one of these names and belongs to that type or to one below it. */
    boolean is(String type, String... names) {
        return isOf(type) && List.of(names).contains(name());
    }

    /** A constructor or a static method of that type, or of one below it. */
    boolean makes(String type) {
        return isOf(type) && (isConstruction() || isStatic());
    }

    boolean isStatic() {
        return access.getTarget()
                .resolveMember()
                .map(member -> member.getModifiers().contains(JavaModifier.STATIC))
                .orElse(false);
    }

    boolean isConstruction() {
        return name().equals("<init>");
    }

    /** The package of what is used. */
    String room() {
        return access.getTargetOwner().getPackageName();
    }

    /** How many parameters it takes. */
    int parameters() {
        return access.getTarget().getRawParameterTypes().size();
    }

    /** Whether one of its parameters is of that type, or of one below it. */
    boolean takes(String type) {
        return access.getTarget().getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.isAssignableTo(type));
    }

    /** The class that it stands in. */
    JavaClass user() {
        return access.getOriginOwner();
    }

    String sentence() {
        return access.getDescription();
    }

    /** A condition that each use which {@code bad} finds breaks. */
    static ArchCondition<JavaClass> never(String what, Predicate<Use> bad) {
        return condition("never " + what, user -> in(user).filter(bad).map(use -> use.sentence()));
    }

    /** A condition that each sentence found in a class breaks. */
    static ArchCondition<JavaClass> condition(
            String what, Function<JavaClass, Stream<String>> found) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                found.apply(one)
                        .forEach(why -> events.add(SimpleConditionEvent.violated(one, why)));
            }
        };
    }
}
