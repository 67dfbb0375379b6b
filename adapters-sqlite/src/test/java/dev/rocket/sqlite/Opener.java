package dev.rocket.sqlite;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Position;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Another process that does something with a file and says what came of it. */
final class Opener {

    /** Opens the store, says {@code open} or the kind of failure, and holds it until killed. */
    static final String HOLD = "hold";

    /** Writes task after task, says each place once it was given, and never ends. */
    static final String WRITE = "write";

    /** Loads some changes, says {@code loaded some}, and holds the load until killed. */
    static final String LOAD = "load";

    /** Reads the file as any SQLite program does, and closes it again; says {@code read}. */
    static final String READ = "read";

    private Opener() {}

    /** Starts it in a JVM of its own. */
    static Process start(String what, Path path, String... before) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String types = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(
                List.of(
                        java.toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        types,
                        Opener.class.getName(),
                        what,
                        path.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** What it says, line by line. */
    static BufferedReader words(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Runs it to its first words, and ends it. */
    static String say(String what, Path path) throws IOException, InterruptedException {
        Process process = start(what, path);
        try (BufferedReader words = words(process)) {
            return String.valueOf(words.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Called in the process. */
    public static void main(String... arguments) throws Exception {
        Path path = Path.of(arguments[1]);
        switch (arguments[0]) {
            case READ -> read(path);
            case WRITE -> write(path);
            case LOAD -> load(path);
            default -> hold(path);
        }
    }

    private static void hold(Path path) throws IOException {
        try (Store store = SqliteStore.open(SqliteConfig.at(path), Meter.NONE)) {
            System.out.println(
                    store.probe().trouble(java.time.Duration.ofMinutes(1)).orElse("open"));
            System.in.read();
        } catch (StoreException e) {
            System.out.println(e.kind());
        }
    }

    private static void write(Path path) {
        try (Store store = SqliteStore.open(SqliteConfig.at(path), Meter.NONE)) {
            while (true) {
                UUID id = UUID.randomUUID();
                Task task =
                        Task.titled(new Task.Id(id), "kept", Position.ofBirth(1), Instant.EPOCH);
                Change draft =
                        Change.draft(Actor.system("opener"), "test.put", Instant.EPOCH, task);
                System.out.println(store.<Change>write(tx -> tx.apply(draft)).seq().value());
            }
        }
    }

    private static void load(Path path) throws IOException {
        try (Loader loader = SqliteLoader.open(SqliteConfig.at(path))) {
            List<Change> changes = new ArrayList<>();
            for (int seq = 1; seq <= 1_000; seq++) {
                UUID id = UUID.randomUUID();
                Task task =
                        Task.titled(new Task.Id(id), "lost", Position.ofBirth(1), Instant.EPOCH);
                changes.add(
                        Change.draft(Actor.system("opener"), "test.put", Instant.EPOCH, task)
                                .placed(new Seq(seq), Seq.START));
            }
            loader.changes(changes);
            System.out.println("loaded some");
            System.in.read();
        }
    }

    private static void read(Path path) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                var statement = connection.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM change").close();
        }
        System.out.println("read");
    }
}
