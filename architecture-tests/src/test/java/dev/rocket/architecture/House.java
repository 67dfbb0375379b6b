package dev.rocket.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the house stands, and what it is built of. */
final class House {

    /** The modules, lowest first. */
    static final List<String> MODULES =
            List.of(
                    "core",
                    "adapters-sqlite",
                    "adapters-postgres",
                    "adapters-http",
                    "bootstrap",
                    "architecture-tests");

    /** The folder of the whole repository. */
    static final Path ROOT = root();

    /** Every class but those of tests. */
    static final JavaClasses CLASSES = classes("classes");

    /** Every text file. */
    static final List<Source> TEXTS = texts();

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

    /** Every Java file, those of tests too. */
    static List<Source> sources() {
        return TEXTS.stream().filter(text -> text.name().endsWith(".java")).toList();
    }

    /** Every text of the repository; what is built, hidden or not text is left out. */
    private static List<Source> texts() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(ROOT::relativize)
                    .filter(House::isKept)
                    .sorted()
                    .flatMap(file -> text(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isKept(Path file) {
        for (Path part : file) {
            String name = part.toString();
            if (name.equals("target") || (name.startsWith(".") && !name.equals(".ci"))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Source> text(Path file) {
        try {
            String text = Files.readString(ROOT.resolve(file));
            return Optional.of(Source.of(file.toString(), text));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
