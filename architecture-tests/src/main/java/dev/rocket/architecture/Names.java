package dev.rocket.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;

/** What lies where, told by names. */
final class Names {

    private Names() {}

    /** A package lies in another, or is it; a type lies in its package and in itself. */
    static boolean isWithin(String name, String home) {
        return name.equals(home) || name.startsWith(home + ".");
    }

    static boolean isWithin(String name, Collection<String> homes) {
        return homes.stream().anyMatch(home -> isWithin(name, home));
    }

    /** The outermost type around one; of an array, around what it holds. */
    static JavaClass outermost(JavaClass one) {
        JavaClass outer = one.getBaseComponentType();
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** Whether a type, or the one around it, is so named or lies in a package so named. */
    static boolean livesIn(JavaClass one, Collection<String> homes) {
        return isWithin(outermost(one).getFullName(), homes);
    }
}
