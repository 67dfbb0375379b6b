package planted;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What every gate lets pass. */
@NullMarked
record Garden(@Nullable String name) {

    int length() {
        return name == null ? 0 : name.length();
    }
}
