package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.StoreKit;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.InstantText;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates, lists, rotates and revokes tokens. */
@Command(
        name = "token",
        description = "Create, list, rotate and revoke tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create|list|rotate|revoke)",
        footer = {
            "",
            "Without --url it works on the database itself, which no server may have open.",
            "With --url it asks a running server and shows it the token in ROCKET_TOKEN.",
            "",
            "Examples:",
            "  rocket token create laptop --scope write",
            "  rocket token rotate laptop --overlap 24h",
            "  ROCKET_TOKEN=... rocket token list --url http://127.0.0.1:9000"
        })
public final class ManageToken implements Runnable {

    private static final Pattern TIME = Pattern.compile("(\\d{1,5})(m|h|d)");

    @Spec private CommandSpec spec = CommandSpec.create();

    /** The store, or the server that has it. */
    static final class Where {

        @Option(
                names = "--db",
                description = "SQLite file or postgres://…, instead of the settings.")
        private @Nullable String db;

        @Option(names = "--url", paramLabel = "URL", description = "A running server.")
        private @Nullable String url;

        boolean isRemote() {
            if (db != null && url != null) {
                throw new ConfigException(List.of("--db and --url name two places; give one."));
            }
            return url != null;
        }

        /** The server's address and the token to show it. */
        Remote remote() {
            return new Remote(String.valueOf(url), ownToken());
        }

        <T> T local(Function<UseCases, T> work) {
            try (Store store = StoreKit.store(StoreFile.of(db).config())) {
                return work.apply(Wiring.useCases(store));
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.LOCKED) {
                    throw new StoreException(
                            e.kind(),
                            "A server has the database open; ask it instead: add --url"
                                    + " http://127.0.0.1:9000 and set ROCKET_TOKEN.",
                            e);
                }
                throw e;
            }
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            description = "Create a token; its secret is shown this once.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "NAME", description = "What you call it.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "read, write or admin (default: ${DEFAULT-VALUE}).",
                            defaultValue = "write")
                    List<String> scopes,
            @Option(
                            names = "--expires",
                            paramLabel = "INSTANT",
                            description = "An instant like 2027-01-01T00:00:00Z.")
                    @Nullable String expires,
            @Mixin Where where)
            throws IOException {
        Set<Token.Scope> allowed =
                scopes.stream().map(Token.Scope::parse).collect(Collectors.toSet());
        ManageTokens.Wish wish = new ManageTokens.Wish(name, allowed, instant(expires));
        print(
                where.isRemote()
                        ? RemoteTokens.at(where).create(wish, Optional.empty())
                        : where.local(cases -> cases.tokens().create(operator(), wish).secret()));
        return 0;
    }

    @Command(
            description = "Replace a token; the old one stays good for a while.",
            mixinStandardHelpOptions = true)
    int rotate(
            @Parameters(paramLabel = "NAME", description = "Its name, or its id.") String named,
            @Option(
                            names = "--overlap",
                            paramLabel = "TIME",
                            description = "How long the old one is good (${DEFAULT-VALUE}).",
                            defaultValue = "24h")
                    String overlap,
            @Mixin Where where)
            throws IOException {
        Instant until = Instant.now().plus(duration(overlap));
        NamedToken old = NamedToken.chosen(tokens(where), named, Instant.now());
        ManageTokens.Wish wish = new ManageTokens.Wish(old.name(), old.scopes(), Optional.empty());
        Token.Id id = new Token.Id(old.id());
        print(
                where.isRemote()
                        ? RemoteTokens.at(where)
                                .create(wish, Optional.of(new RemoteTokens.Replaced(id, until)))
                        : where.local(
                                cases ->
                                        cases.tokens()
                                                .replace(operator(), wish, id, until)
                                                .secret()));
        PrintWriter err = spec.commandLine().getErr();
        err.println("The old one is good until " + until.truncatedTo(ChronoUnit.SECONDS));
        err.flush();
        return 0;
    }

    private static List<NamedToken> tokens(Where where) throws IOException {
        return where.isRemote()
                ? RemoteTokens.at(where).all()
                : where.local(cases -> NamedToken.all(cases, operator()));
    }

    private static Duration duration(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new ConfigException(
                    List.of("--overlap " + text + " must look like 30m, 24h or 7d; 0m for none."));
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    @Command(description = "List tokens, without their secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin Where where) throws IOException {
        for (NamedToken token : tokens(where)) {
            String scopes =
                    token.scopes().stream()
                            .sorted()
                            .map(Token.Scope::wire)
                            .collect(Collectors.joining(","));
            String expires = token.expires().map(InstantText::print).orElse("never expires");
            print(token.id() + "  " + scopes + "  " + expires + "  " + token.name());
        }
        return 0;
    }

    @Command(
            description = "Revoke a token; nobody gets in with it from then on.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "ID", description = "As in the list.") String named,
            @Mixin Where where)
            throws IOException {
        UUID id = id(named);
        if (where.isRemote()) {
            RemoteTokens.at(where).revoke(id);
        } else {
            where.local(cases -> cases.tokens().revoke(operator(), new Token.Id(id)));
        }
        print("Revoked " + id);
        return 0;
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new ConfigException(
                    List.of("--expires " + text + " must look like 2027-01-01T00:00:00Z."));
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    List.of(text + " is no id of a token; they stand in: rocket token list"));
        }
    }

    private static Caller operator() {
        return Caller.system("operator");
    }

    /** The secret of the token to show a server; a command that asks one needs it. */
    static String ownToken() {
        String token = System.getenv("ROCKET_TOKEN");
        if (token == null || token.isEmpty()) {
            throw new ConfigException(
                    List.of("--url needs an admin token: set ROCKET_TOKEN to its secret."));
        }
        return token;
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
