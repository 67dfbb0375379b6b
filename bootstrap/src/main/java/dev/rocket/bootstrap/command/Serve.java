package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.LogLines;
import dev.rocket.bootstrap.wiring.Server;
import dev.rocket.bootstrap.wiring.Setting;
import dev.rocket.bootstrap.wiring.Supervisor;
import dev.rocket.bootstrap.wiring.Upgrades;
import dev.rocket.bootstrap.wiring.Wiring;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server until it is told to stop.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rocket serve                      on 127.0.0.1:9000, with ./rocket.db",
            "  rocket serve --port 0             on any free port",
            "  ROCKET_ADMIN_TOKEN_FILE=token rocket serve",
            "                                    set up without a browser",
            "",
            "SIGTERM or Ctrl-C stops it gracefully: sockets learn where to resume, accepted",
            "requests are finished, within ROCKET_DRAIN_TIMEOUT.",
            "",
            "A socket that listens already and comes as standard input, as from systemd, is",
            "used as it is; then no client is refused while one server follows another."
        })
public final class Serve implements Callable<Integer> {

    @Option(names = "--port", description = "HTTP port, instead of PORT.")
    private @Nullable String port;

    @Option(names = "--host", description = "Address to listen on, instead of ROCKET_HOST.")
    private @Nullable String host;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Option(
            names = "--until-eof",
            description = "End with standard input, so with whoever started it.")
    private boolean untilEof;

    /** Serves as the environment says, without a command line; the exit code. */
    public static int plain() {
        try {
            return new Serve().call();
        } catch (Exception e) {
            return Rocket.explain(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        }
    }

    @Override
    public Integer call() throws Exception {
        Map<Setting, String> overrides = new EnumMap<>(Setting.class);
        put(overrides, Setting.PORT, port);
        put(overrides, Setting.HOST, host);
        StoreFile.name(overrides, db);
        Wiring.inherited().ifPresent(address -> put(overrides, address));
        Config config = Config.of(ConfigReader.ofProcess().find(overrides));
        if (untilEof) {
            Thread.ofPlatform().daemon().name("rocket-input").start(Serve::awaitEof);
        }
        Supervisor supervisor = Supervisor.ofProcess();
        Upgrades.atStart(config, supervisor);
        Server server = Wiring.server(config, Rehearsal.stage());
        // Whoever hears that it is ready may tell it to stop at once.
        stopWhenTold(server, supervisor, config);
        supervisor.ready("Ready: " + url(config, server), server::trouble);
        greet(config, server);
        new CountDownLatch(1).await();
        return 0;
    }

    private static void awaitEof() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Whoever is at the other end is as good as gone.
            System.err.println("Standard input cannot be read: " + e.getMessage());
        }
        System.exit(0);
    }

    private static void put(
            Map<Setting, String> overrides, Setting setting, @Nullable String value) {
        if (value != null) {
            overrides.put(setting, value);
        }
    }

    /** A socket that is there already listens where it listens, whatever the settings say. */
    private static void put(Map<Setting, String> overrides, InetSocketAddress address) {
        put(overrides, Setting.HOST, address.getAddress().getHostAddress());
        put(overrides, Setting.PORT, Integer.toString(address.getPort()));
    }

    private static String url(Config config, Server server) {
        String host = config.host();
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + server.port();
    }

    private static void greet(Config config, Server server) {
        String url = url(config, server);
        tell(config, "Rocket serves " + config.place() + " (" + config.env() + ")");
        if (server.setup().isPresent()) {
            String link = url + "/#setup=" + server.setup().get();
            String open = "Nobody has set it up yet. Open this link, it works once:";
            tell(config, config.log().json() ? open + " " + link : setUp(open, link));
        }
        if (!config.asksForTokens()) {
            tell(config, "Tokens are not asked for: whoever reaches it may do everything.");
        }
        config.pages()
                .ifPresent(
                        folder ->
                                tell(
                                        config,
                                        "The page is that in "
                                                + folder
                                                + "; browsers load it anew when it changes."));
        tell(config, "Ready: " + url);
    }

    /** Set apart, so that nobody overlooks it. */
    private static String setUp(String open, String link) {
        return String.join(System.lineSeparator(), "", open, "  " + link, "");
    }

    private static void tell(Config config, String line) {
        System.out.print(LogLines.told(config.log(), line));
        System.out.flush();
    }

    /** Stops within a bound when the process is told to end; the exit code says whether it did. */
    private static void stopWhenTold(Server server, Supervisor supervisor, Config config) {
        Thread stop =
                new Thread(
                        () -> {
                            supervisor.stopping();
                            stop(server, config);
                        });
        Runtime.getRuntime().addShutdownHook(stop);
    }

    private static void stop(Server server, Config config) {
        Duration drain = config.drain();
        tell(config, "Stopping: finishing what was accepted");
        Thread work = new Thread(() -> server.stop(drain), "rocket-stop");
        work.setDaemon(true);
        work.start();
        boolean finished = false;
        try {
            finished = work.join(drain.plusSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell(
                config,
                finished
                        ? "Stopped"
                        : "Not everything was finished in " + drain.toSeconds() + " s; cut off");
        // Inside a shutdown hook the exit code of a signal can be changed by halting alone.
        Runtime.getRuntime().halt(finished ? 0 : 1);
    }
}
