package dev.rocket.bootstrap.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * One command line that was run in this process.
 *
 * @param code its exit code
 * @param out what it wrote to standard output through its own writer
 * @param err what it wrote to standard error
 */
record Run(int code, String out, String err) {

    static Run of(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new Rocket())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .setExecutionExceptionHandler(
                                (e, line, parsed) -> Rocket.explain(e, line.getErr()))
                        .execute(
                                List.of(words).stream()
                                        .map(Object::toString)
                                        .toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    /** What {@code rocket verify} says of a store. */
    static String verify(Path db) {
        return of("verify", "--db", db).out();
    }
}
