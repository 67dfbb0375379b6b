package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Config;
import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.bootstrap.wiring.ConfigReader;
import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.InstantText;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates, lists and revokes tokens. */
@Command(
        name = "token",
        description = "Create, list and revoke tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create|list|revoke)",
        footer = {
            "",
            "Without --url it works on the database itself, which no server may have open.",
            "With --url it asks a running server and shows it the token in ROCKET_TOKEN.",
            "",
            "Examples:",
            "  rocket token create laptop --scope write",
            "  ROCKET_TOKEN=... rocket token list --url http://127.0.0.1:9000"
        })
public final class ManageToken implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

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
            @Option(names = "--url", paramLabel = "URL", description = "A running server.")
                    @Nullable String url)
            throws IOException {
        Set<Token.Scope> allowed =
                scopes.stream().map(Token.Scope::parse).collect(Collectors.toSet());
        ManageTokens.Wish wish = new ManageTokens.Wish(name, allowed, instant(expires));
        String secret =
                url == null
                        ? local(cases -> cases.tokens().create(operator(), wish).secret())
                        : remote(url, wish);
        print(secret);
        return 0;
    }

    @Command(description = "List tokens, without their secrets.", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--url", paramLabel = "URL", description = "A running server.")
                    @Nullable String url)
            throws IOException {
        if (url != null) {
            try (Remote remote = new Remote(url, ownToken())) {
                print(remote.ask("GET", "/v1/tokens?limit=" + Limits.PAGE, Optional.empty()));
            }
            return 0;
        }
        Listing<Token> all =
                new Listing.All<>(Token.class, Image.Kind.TOKEN, Cursor.START, Limits.PAGE);
        for (Token token : local(cases -> cases.find().list(operator(), all).items())) {
            String scopes =
                    token.scopes().stream().map(Token.Scope::wire).collect(Collectors.joining(","));
            String expires = token.expires().map(InstantText::print).orElse("never expires");
            print(token.id().text() + "  " + scopes + "  " + expires + "  " + token.name());
        }
        return 0;
    }

    @Command(
            description = "Revoke a token; nobody gets in with it from then on.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "ID", description = "As in the list.") String named,
            @Option(names = "--url", paramLabel = "URL", description = "A running server.")
                    @Nullable String url)
            throws IOException {
        UUID id = id(named);
        if (url == null) {
            local(cases -> cases.tokens().revoke(operator(), new Token.Id(id)));
        } else {
            try (Remote remote = new Remote(url, ownToken())) {
                remote.ask("DELETE", "/v1/tokens/" + id, Optional.empty());
            }
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

    private static String remote(String url, ManageTokens.Wish wish) throws IOException {
        StringBuilder body = new StringBuilder();
        JsonOut json = new JsonOut(body).begin().text("name", wish.name());
        json.plains("scopes", wish.scopes().stream().map(Token.Scope::wire).sorted().toList());
        wish.expires().ifPresent(at -> json.instant("expires", at));
        json.end();
        try (Remote remote = new Remote(url, ownToken())) {
            String answer = remote.ask("POST", "/v1/tokens", Optional.of(body.toString()));
            return Remote.find(answer, "token")
                    .orElseThrow(() -> new IOException("the server gave no token: " + answer));
        }
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

    private static <T> T local(Function<UseCases, T> work) {
        Config config = Config.of(ConfigReader.ofProcess().find(Map.of()));
        try (Store store = Wiring.store(config)) {
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

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
