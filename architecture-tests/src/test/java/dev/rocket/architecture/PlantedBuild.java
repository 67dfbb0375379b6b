package dev.rocket.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real build of the planted modules, under the root's own pom.
 *
 * <p>Pom, Maven's options and modules are copied, so nothing is written among the sources. One
 * Maven builds all modules and goes on after each that fails.
 *
 * @param log all that Maven said
 */
record PlantedBuild(String log) {

    private static final Path MODULES = House.ROOT.resolve("architecture-tests/src/test/planted");

    /** So short a run is over before better code than the first compiler's would pay. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final int PATIENCE_MINUTES = 10;
    private static final Pattern VERDICT =
            Pattern.compile("(?m)^\\[INFO\\] (\\w+) \\.+ (SUCCESS|FAILURE|SKIPPED)\\b");

    /** Builds in a folder that is empty before. */
    static PlantedBuild in(Path folder) throws IOException, InterruptedException {
        copy(House.ROOT.resolve("pom.xml"), folder.resolve("pom.xml"));
        copy(House.ROOT.resolve(".mvn"), folder.resolve(".mvn"));
        copy(MODULES, folder.resolve("planted"));
        File log = folder.resolve("log").toFile();
        ProcessBuilder maven = new ProcessBuilder(command());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().merge("MAVEN_OPTS", QUICK, (given, quick) -> given + " " + quick);
        maven.directory(folder.resolve("planted").toFile());
        maven.redirectErrorStream(true).redirectOutput(log);
        Process process = maven.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("Maven took longer than " + PATIENCE_MINUTES + " min");
        }
        return new PlantedBuild(Files.readString(log.toPath()));
    }

    /** As the whole build is run, and with the libraries that it has fetched already. */
    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("mvn", "-B", "-ntp", "-Dstyle.color=never", "--fail-at-end"));
        String repository = System.getProperty("localRepository");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        command.add("verify");
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(
                    file -> {
                        try {
                            Files.copy(file, to.resolve(from.relativize(file).toString()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /** How each module ended. */
    Map<String, String> verdicts() {
        Map<String, String> found = new TreeMap<>();
        Matcher verdict = VERDICT.matcher(log);
        while (verdict.find()) {
            found.put(verdict.group(1), verdict.group(2));
        }
        return found;
    }

    /** What was said while a module was built. */
    String said(String module) {
        return between("[INFO] Building " + module + " ", "-< dev.rocket.planted:");
    }

    /** Why a module failed: the goal, and what Maven repeats of its words. */
    String failure(String module) {
        Matcher line =
                Pattern.compile("(?m)^\\[ERROR\\] Failed to execute goal .* on project " + module)
                        .matcher(log);
        return line.find() ? between(line.group(), "[ERROR] Failed to execute goal ") : "";
    }

    private String between(String start, String end) {
        int from = log.indexOf(start);
        if (from < 0) {
            return "";
        }
        int to = log.indexOf(end, from + start.length());
        return to < 0 ? log.substring(from) : log.substring(from, to);
    }
}
