package dev.rocket.bootstrap.doctor;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.core.operation.Diagnose.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files and sockets the system lets a server open.
 *
 * <p>Java raises its soft limit to the hard one when it starts, so this process's own limit is that
 * of a server started from here. Source: proc(5), {@code /proc/self/limits}.
 */
final class OpenFiles {

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LINE = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");

    /** Files beside the connections: jars, the store, the reading threads. */
    private static final int BESIDE = 200;

    private OpenFiles() {}

    /** Whether as many connections as are allowed could be opened. */
    static List<Finding> look(Config config, RunningServer server) {
        OptionalDouble told = server.figure("process_max_fds");
        long limit = told.isPresent() ? (long) told.getAsDouble() : own();
        int wanted = config.connections() + BESIDE;
        String whose =
                told.isPresent()
                        ? " open files allowed to the server, "
                        : " open files allowed here, ";
        String what = (limit == Long.MAX_VALUE ? "any number" : limit) + whose + wanted + " wanted";
        String remedy = "LimitNOFILE=" + wanted + " in the unit, or: ulimit -n " + wanted;
        return List.of(
                limit < wanted
                        ? Finding.warning("limits", what, remedy)
                        : Finding.ok("limits", what));
    }

    /** The limit of this process; the largest number when there is none. */
    private static long own() {
        try {
            Matcher line = LINE.matcher(Files.readString(LIMITS));
            return line.find() ? Long.parseLong(line.group(1)) : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
