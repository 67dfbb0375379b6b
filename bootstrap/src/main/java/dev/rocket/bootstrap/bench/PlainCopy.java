package dev.rocket.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The copy that anybody could make, to compare backups with. */
@FunctionalInterface
public interface PlainCopy {

    /** Copies a database to a file that is not there. */
    void make(Path database, Path copy) throws IOException;
}
