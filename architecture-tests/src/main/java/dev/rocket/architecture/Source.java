package dev.rocket.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A file's text, and its tree as the JDK's compiler reads it.
 *
 * <p>It is parsed when the tree is first asked for. Not for use by several threads at once.
 */
public final class Source {

    private final String name;
    private final String text;
    private @Nullable Parsed parsed;

    private record Parsed(CompilationUnitTree unit, DocTrees trees) {}

    private Source(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * A text.
     *
     * @param name what findings call it, as a path
     */
    public static Source of(String name, String text) {
        return new Source(name, text);
    }

    /** What findings call it. */
    public String name() {
        return name;
    }

    /** All of it. */
    public String text() {
        return text;
    }

    /** Its lines. */
    public List<String> lines() {
        return text.lines().toList();
    }

    /**
     * Its tree.
     *
     * @throws IllegalArgumentException when it is not Java
     */
    CompilationUnitTree unit() {
        return parsed().unit();
    }

    /** What tells places and Javadoc in its tree. */
    DocTrees trees() {
        return parsed().trees();
    }

    /** Whether the compiler finds no fault in how a text is written. */
    static boolean isJava(String text) {
        return parse("Try.java", text).isPresent();
    }

    private Parsed parsed() {
        Parsed known = parsed;
        if (known == null) {
            known =
                    parse(name, text)
                            .orElseThrow(() -> new IllegalArgumentException(name + " is not Java"));
            parsed = known;
        }
        return known;
    }

    private static Optional<Parsed> parse(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this runs without a compiler; use a whole JDK");
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                null,
                                said,
                                List.of("-proc:none"),
                                null,
                                List.of(new Text(name, text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            boolean fault =
                    said.getDiagnostics().stream()
                            .anyMatch(one -> one.getKind() == Diagnostic.Kind.ERROR);
            return fault
                    ? Optional.empty()
                    : Optional.of(new Parsed(unit, DocTrees.instance(task)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String text;

        Text(String name, String text) {
            super(URI.create("text:///" + name.replaceAll("[^A-Za-z0-9/._-]", "_")), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
