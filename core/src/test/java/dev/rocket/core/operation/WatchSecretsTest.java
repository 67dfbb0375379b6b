package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Token;
import dev.rocket.core.operation.Diagnose.Finding;
import dev.rocket.core.operation.Diagnose.Verdict;
import dev.rocket.core.operation.WatchSecrets.Secret;
import dev.rocket.core.port.Meter;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchSecretsTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private Instant now = BEGAN;
    private final InstantSource clock = () -> now;
    private final UseCases rocket = UseCases.over(store, clock, new Random(1), Meter.NONE);
    private final Secret configured =
            new Secret("ROCKET_ADMIN_TOKEN", "ROCKET_ADMIN_TOKEN", BEGAN, "set another");
    private final WatchSecrets watch = new WatchSecrets(store, clock, () -> List.of(configured));

    private void token(String name, Optional<Instant> expires) {
        Set<Token.Scope> scopes = Set.of(Token.Scope.READ);
        rocket.tokens().create(Caller.system("test"), new ManageTokens.Wish(name, scopes, expires));
    }

    @Test
    void a_secret_is_due_at_ninety_days_and_not_before() {
        token("laptop", Optional.empty());
        now = BEGAN.plus(WatchSecrets.DUE).minusMillis(1);
        assertEquals(List.of(), watch.due());
        Finding well = watch.look().get(0);
        assertEquals(Finding.ok("secrets", "2 secrets, none older than 90 days"), well);
        now = BEGAN.plus(WatchSecrets.DUE);
        assertEquals(
                List.of("ROCKET_ADMIN_TOKEN is 90 days old", "token laptop is 90 days old"),
                watch.due().stream().map(watch::reminder).toList());
        Finding token = watch.look().get(1);
        assertEquals(Verdict.WARNING, token.verdict());
        assertEquals("rocket token rotate 'laptop'", token.remedy());
    }

    @Test
    void a_token_that_has_expired_is_no_secret_any_more() {
        token("guest", Optional.of(BEGAN.plus(Duration.ofDays(1))));
        assertEquals(2, watch.secrets().size());
        now = BEGAN.plus(Duration.ofDays(1));
        assertEquals(List.of(configured), watch.secrets());
    }

    @Test
    void a_clock_that_went_back_makes_nothing_younger_than_new() {
        token("laptop", Optional.empty());
        now = BEGAN.minus(Duration.ofDays(1));
        for (Secret secret : watch.secrets()) {
            assertEquals(Duration.ZERO, watch.age(secret));
        }
    }

    @Test
    void the_store_s_checks_find_a_clock_that_is_behind_its_changes() {
        token("laptop", Optional.empty());
        List<Finding> well =
                new Diagnose(new CheckStore(store, clock).checks()).run(false, f -> {});
        assertEquals(Verdict.OK, Diagnose.worst(well), well.toString());
        now = BEGAN.minusSeconds(60);
        List<Finding> found =
                new Diagnose(new CheckStore(store, clock).checks()).run(false, f -> {});
        Finding late =
                found.stream().filter(one -> one.verdict() != Verdict.OK).findFirst().orElseThrow();
        assertEquals("clock", late.check());
        assertTrue(late.evidence().contains("60 s in the future"), late.evidence());
    }
}
