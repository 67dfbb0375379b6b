package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.exchange.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that does for the packaged server what systemd does; see its script. */
final class ServiceManager implements AutoCloseable {

    private static final Path SCRIPT =
            Path.of("src/test/resources/deploy/service-manager").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final Writer orders;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final URI url;

    private ServiceManager(Path folder, Process process) throws Exception {
        this.folder = folder;
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("ear").start(this::listen);
        this.url = URI.create("http://127.0.0.1:" + await("port ").substring("port ".length()));
    }

    /** Starts a server with these settings, and waits until it tells that it is ready. */
    static ServiceManager start(Path folder, Map<String, String> settings) throws Exception {
        Programs.need("python3", "python3");
        ProcessBuilder server = Distribution.command(folder, settings, "serve");
        List<String> command = server.command();
        command.addAll(0, List.of("python3", SCRIPT.toString(), folder.toString()));
        ServiceManager manager = new ServiceManager(folder, server.start());
        manager.await("notice READY=1");
        return manager;
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                lines.add(line);
            }
        } catch (IOException e) {
            said.add(String.valueOf(e.getMessage()));
        }
    }

    /** Waits for a line that begins so, behind those that were waited for before. */
    String await(String beginning) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("no '" + beginning + "' in " + said + log());
    }

    /** Lets one server follow another, and waits until that one is ready. */
    void restart() throws Exception {
        orders.write("restart\n");
        orders.flush();
        await("ended 0");
        await("notice READY=1");
    }

    /** Where the server listens. */
    URI url() {
        return url;
    }

    /** What the servers have printed. */
    String log() throws IOException {
        Path log = folder.resolve("server.log");
        return Files.exists(log) ? "\n" + Files.readString(log) : "";
    }

    /** All that was said so far. */
    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
