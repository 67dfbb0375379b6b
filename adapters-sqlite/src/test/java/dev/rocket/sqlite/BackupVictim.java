package dev.rocket.sqlite;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.BackupFolder;
import dev.rocket.core.operation.BackupWatch;
import dev.rocket.core.operation.KeepBackups;
import dev.rocket.core.operation.RestoreBackup;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Another process that works on backups until it is killed at a point of its way. */
final class BackupVictim {

    /** What it says at the end of its way. */
    static final String DONE = "done";

    private static final int CALLS_A_STEP = 2;

    private BackupVictim() {}

    /**
     * Runs it in a JVM of its own.
     *
     * @param before a command that runs it, if another does
     * @param words {@code backup}, {@code tight} for one that thinks it needs no space, or {@code
     *     restore}; the folder, and at which point to stay
     */
    static Process start(List<String> before, Object... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BackupVictim.class.getName());
        for (Object word : words) {
            command.add(word.toString());
        }
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Runs it up to a point and kills it there; whether it came that far. */
    static boolean kill(String what, Path folder, int point)
            throws IOException, InterruptedException {
        Process process = start(List.of(), what, folder, point);
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(lines.readLine());
            if (!line.equals(DONE) && !line.startsWith("at ")) {
                throw new IOException("at point " + point + " it said " + line);
            }
            return !line.equals(DONE);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Called in the process. */
    public static void main(String... words) throws IOException {
        Path folder = Path.of(words[1]);
        BackupWatch watch = new Stay(Integer.parseInt(words[2]));
        SqliteConfig config = SqliteConfig.at(folder.resolve("rocket.db"));
        Backups backups = FileBackups.of(config);
        BackupFolder kept = new BackupFolder(folder.resolve("backups"));
        try (Store store = SqliteStore.beside(config)) {
            if (!words[0].equals("restore")) {
                Backups chosen = words[0].equals("tight") ? new Modest(backups) : backups;
                KeepBackups keeper =
                        new KeepBackups(chosen, kept, BackupGround.KEEP, InstantSource.system());
                KeepBackups.Run run = keeper.run(store, watch);
                System.out.println(run.made().isVerified() ? DONE : run.made().why());
            } else {
                Path target = folder.resolve("restored.db");
                new RestoreBackup(backups).run(kept.list().getLast(), target, watch);
                System.out.println(DONE);
            }
        } catch (StoreException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
    }

    /** Says that a copy needs no space. */
    private record Modest(Backups real) implements Backups {

        @Override
        public String engine() {
            return real.engine();
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public Seq snapshot(Path file, LongConsumer progress) throws IOException {
            return real.snapshot(file, progress);
        }

        @Override
        public Store open(Path file) {
            return real.open(file);
        }
    }

    /** Says where it is at the point, and stays there until it is killed. */
    private static final class Stay implements BackupWatch {

        private final int point;
        private int points;
        private int calls;
        private Step last = Step.SWITCHING;

        Stay(int point) {
            this.point = point;
        }

        @Override
        public void at(Step step, long done) {
            calls = step == last ? calls + 1 : 1;
            last = step;
            boolean counts = calls <= CALLS_A_STEP || step == Step.ROTATING;
            if (counts && ++points == point) {
                System.out.println("at " + step + " " + done);
                System.out.flush();
                stay();
            }
        }

        private static void stay() {
            try {
                while (System.in.read() >= 0) {
                    Thread.onSpinWait();
                }
                throw new IllegalStateException("nobody killed it");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
