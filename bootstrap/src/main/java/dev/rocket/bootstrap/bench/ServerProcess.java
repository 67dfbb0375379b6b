package dev.rocket.bootstrap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server started for a measurement, and ended after it. */
final class ServerProcess implements Target, AutoCloseable {

    /** Settings of a server that have other names, and what a service manager gives to one. */
    private static final List<String> OTHERS =
            List.of(
                    "PORT",
                    "DATABASE_URL",
                    "NODE_ENV",
                    "CREDENTIALS_DIRECTORY",
                    "STATE_DIRECTORY",
                    "NOTIFY_SOCKET",
                    "WATCHDOG_USEC",
                    "WATCHDOG_PID");

    /** The token that the server is started with; it lives as long as its database. */
    private static final String TOKEN = "bench-token-for-a-database-that-is-thrown-away";

    private static final Pattern URL = Pattern.compile("http://[^\\s/]+:(\\d+)");
    private static final int TICKS_A_SECOND = 100;

    private final Process process;
    private final int port;
    private final Duration firstAnswer;

    private ServerProcess(Process process, int port, Duration firstAnswer) {
        this.process = process;
        this.port = port;
        this.firstAnswer = firstAnswer;
    }

    /**
     * Starts a server in {@code folder}, where its database is unless the settings name another,
     * and waits for its first answer.
     *
     * @param settings beyond those that a measurement needs
     * @throws IOException when it does not come up within half a minute
     */
    static ServerProcess start(Path folder, Map<String, String> settings) throws IOException {
        return start(folder, settings, List.of("serve"));
    }

    /** The same with other words on its command line. */
    static ServerProcess start(Path folder, Map<String, String> settings, List<String> words)
            throws IOException {
        ProcessBuilder builder = builder(folder, settings, words);
        builder.redirectErrorStream(true);
        long start = System.nanoTime();
        Process process = builder.start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("server-output").start(() -> listen(process, port));
        try {
            int number = port.get(30, TimeUnit.SECONDS);
            firstAnswer(number);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new ServerProcess(process, number, took);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server came up", e);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the server did not come up: " + e.getMessage(), e);
        }
    }

    /** The program with these words, on the same database as a server in that folder. */
    static ProcessBuilder builder(Path folder, Map<String, String> settings, List<String> words) {
        List<String> command = new ArrayList<>(command());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ROCKET_") || OTHERS.contains(name));
        environment.put("PORT", "0");
        environment.put("ROCKET_DB_PATH", folder.resolve("bench.db").toString());
        environment.put("ROCKET_ADMIN_TOKEN", TOKEN);
        environment.put("ROCKET_RATE_LIMIT", "off");
        environment.put("ROCKET_BENCH", "on");
        environment.putAll(settings);
        if (settings.containsKey("ROCKET_DATABASE_URL")) {
            environment.remove("ROCKET_DB_PATH");
        }
        return builder;
    }

    private static List<String> command() {
        String home = System.getProperty("rocket.home", "");
        if (!home.isEmpty()) {
            return List.of(Path.of(home, "bin", "rocket").toString());
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("dev.rocket.bootstrap.Main");
        return command;
    }

    private static void listen(Process process, CompletableFuture<Integer> port) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher url = URL.matcher(line);
                if (url.find()) {
                    port.complete(Integer.parseInt(url.group(1)));
                }
                if (!port.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e.getMessage());
        }
        port.completeExceptionally(new IOException("it ended and said: " + said));
    }

    private static void firstAnswer(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            byte[] request = new Request("127.0.0.1", "").get("/healthz");
            socket.getOutputStream().write(request);
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the server answered nothing");
            }
        }
    }

    /** From the start of the process to the first byte of its first answer. */
    Duration firstAnswer() {
        return firstAnswer;
    }

    @Override
    public String token() {
        return TOKEN;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public OptionalLong cpuMicros() {
        try {
            String stat = Files.readString(Path.of("/proc/" + server() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return OptionalLong.of(ticks * 1_000_000 / TICKS_A_SECOND);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + server() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                }
            }
        } catch (IOException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private long server() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A new folder for a database that is thrown away. */
    static Path folder() {
        try {
            return Files.createTempDirectory("rocket-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes such a folder. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
