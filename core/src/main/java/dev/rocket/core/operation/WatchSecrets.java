package dev.rocket.core.operation;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Token;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How old each secret is, and which are due for another.
 *
 * <p>Tokens tell their age by themselves; the secrets of the configuration are told by who reads
 * it. No value of a secret comes here.
 */
public final class WatchSecrets {

    /** A secret should be replaced when it is that old. */
    public static final Duration DUE = Duration.ofDays(90);

    /** What a token is called among the secrets. */
    public static final String TOKEN = "token";

    /**
     * A secret without its value.
     *
     * @param name the setting that holds it, or {@link #TOKEN}: a bounded set of names
     * @param shown what people call it
     * @param since when it was made, or first seen
     * @param remedy a command that replaces it, or what else to do
     */
    public record Secret(String name, String shown, Instant since, String remedy) {}

    private final Store store;
    private final InstantSource clock;
    private final Supplier<List<Secret>> configured;

    /**
     * Watches the tokens of a store and what is configured.
     *
     * @param configured the secrets of the configuration as they are now
     */
    public WatchSecrets(Store store, InstantSource clock, Supplier<List<Secret>> configured) {
        this.store = store;
        this.clock = clock;
        this.configured = configured;
    }

    /** Every secret in use: the configured ones, and each token that has not expired. */
    public List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>(configured.get());
        Instant now = clock.instant();
        secrets.addAll(store.read(snapshot -> tokens(new Pages(snapshot, Image.Kind.TOKEN), now)));
        return List.copyOf(secrets);
    }

    private static List<Secret> tokens(Pages pages, Instant now) {
        List<Secret> tokens = new ArrayList<>();
        while (pages.hasNext()) {
            for (Image image : pages.next().items()) {
                if (image instanceof Token token && !isOver(token.expires(), now)) {
                    tokens.add(
                            new Secret(
                                    TOKEN,
                                    "token " + token.name(),
                                    token.stamp().created(),
                                    "rocket token rotate '" + token.name() + "'"));
                }
            }
        }
        return tokens;
    }

    private static boolean isOver(Optional<Instant> expires, Instant now) {
        return expires.filter(at -> !now.isBefore(at)).isPresent();
    }

    /** How old a secret is; never less than nothing. */
    public Duration age(Secret secret) {
        Duration age = Duration.between(secret.since(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The secrets that are {@link #DUE}. */
    public List<Secret> due() {
        return secrets().stream().filter(this::isDue).toList();
    }

    private boolean isDue(Secret secret) {
        return age(secret).compareTo(DUE) >= 0;
    }

    /** A reminder of a secret, in a few words. */
    public String reminder(Secret secret) {
        return secret.shown() + " is " + age(secret).toDays() + " days old";
    }

    /** What {@link Diagnose} is told: each secret that is due, else that none is. */
    public List<Finding> look() {
        List<Secret> all = secrets();
        List<Finding> found =
                all.stream()
                        .filter(this::isDue)
                        .map(one -> Finding.warning("secrets", reminder(one), one.remedy()))
                        .toList();
        String well = all.size() + " secrets, none older than " + DUE.toDays() + " days";
        return found.isEmpty() ? List.of(Finding.ok("secrets", well)) : found;
    }
}
