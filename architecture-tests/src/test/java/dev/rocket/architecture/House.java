package dev.rocket.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the house stands, and what it is built of. */
final class House {

    /** The modules, lowest first. */
    static final List<String> MODULES =
            List.of("core", "adapters-sqlite", "adapters-http", "bootstrap", "architecture-tests");

    /** The folder of the whole repository. */
    static final Path ROOT = root();

    /** Every class but those of tests. */
    static final JavaClasses CLASSES = classes("classes");

    private House() {}

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("rocket")) && Files.isDirectory(at.resolve(".ci"))) {
                return at;
            }
        }
        throw new IllegalStateException("no folder above " + here + " is the repository's");
    }

    /** The classes of tests. */
    static JavaClasses testClasses() {
        return classes("test-classes");
    }

    private static JavaClasses classes(String folder) {
        List<Path> folders = new ArrayList<>();
        for (String module : MODULES) {
            Path classes = ROOT.resolve(module).resolve("target").resolve(folder);
            if (!Files.isDirectory(classes)) {
                throw new IllegalStateException(classes + " is missing: build all modules first");
            }
            folders.add(classes);
        }
        return new ClassFileImporter().importPaths(folders);
    }

    /** Planted classes: those in a package of that name under the fixtures. */
    static JavaClasses planted(String name) {
        JavaClasses classes =
                new ClassFileImporter().importPackages("dev.rocket.architecture.planted." + name);
        if (classes.isEmpty()) {
            throw new IllegalStateException("nothing is planted in " + name);
        }
        return classes;
    }
}
