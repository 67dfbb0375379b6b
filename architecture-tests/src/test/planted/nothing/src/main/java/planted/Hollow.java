package planted;

import org.jspecify.annotations.NullMarked;

/** Nothing where something is promised. */
@NullMarked
final class Hollow {

    private Hollow() {}

    static String name() {
        return null;
    }
}
