package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Meter;
import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.core.usecase.UseCases;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Tokens are found by the hash of their secret until revoked.
 *
 * <p>They are tried through the use cases. Secrets are stored nowhere. A store is set up once,
 * however many try at the same time.
 */
public abstract class TokenContract extends Contract {

    private static final Caller ADMIN = Caller.system("test");

    private volatile Instant now = NOW;

    private UseCases useCases() {
        return UseCases.over(store(), () -> now, new SecureRandom(), Meter.NONE);
    }

    private static ManageTokens.Wish wish(Optional<Instant> expires) {
        return new ManageTokens.Wish("laptop", Set.of(Token.Scope.WRITE), expires);
    }

    @Test
    void an_issued_secret_proves_its_token() {
        UseCases all = useCases();
        ManageTokens.Issued issued = all.tokens().create(ADMIN, wish(Optional.empty()));
        assertTrue(issued.secret().startsWith(ManageTokens.PREFIX));
        Caller caller = all.authenticate().caller(issued.secret());
        assertEquals(Caller.of(issued.token()), caller);
        assertEquals(caller, useCases().authenticate().caller(issued.secret()));
    }

    @Test
    void a_token_is_found_by_the_hash_of_its_secret_and_the_secret_nowhere() {
        ManageTokens.Issued issued = useCases().tokens().create(ADMIN, wish(Optional.empty()));
        String hash = Token.hash(issued.secret());
        assertEquals(Optional.of(issued.token()), read(s -> s.keyed(Image.Kind.TOKEN, hash)));
        assertFalse(feed().toString().contains(issued.secret()));
    }

    @Test
    void an_unknown_secret_proves_nothing() {
        useCases().tokens().create(ADMIN, wish(Optional.empty()));
        for (String secret : List.of("", "rkt_unknown", "x".repeat(100_000), "\u0000")) {
            unauthenticated(useCases().authenticate(), secret);
        }
    }

    @Test
    void a_token_is_refused_from_the_instant_it_expires() {
        UseCases all = useCases();
        Instant expires = NOW.plusSeconds(5);
        String secret = all.tokens().create(ADMIN, wish(Optional.of(expires))).secret();
        now = expires.minusMillis(1);
        all.authenticate().caller(secret);
        now = expires;
        unauthenticated(all.authenticate(), secret);
    }

    @Test
    void a_revoked_token_is_refused_at_once() {
        UseCases all = useCases();
        ManageTokens.Issued issued = all.tokens().create(ADMIN, wish(Optional.empty()));
        all.authenticate().caller(issued.secret());
        all.tokens().revoke(ADMIN, issued.token().id());
        unauthenticated(all.authenticate(), issued.secret());
        assertEquals(Optional.empty(), read(s -> s.find(issued.token().id())));
        assertEquals(
                Refused.notFound(issued.token().id()).refusal(),
                refusal(() -> all.tokens().revoke(ADMIN, issued.token().id())));
    }

    @Test
    void a_token_revoked_elsewhere_is_refused_within_the_time_of_memory() {
        UseCases here = useCases();
        ManageTokens.Issued issued = here.tokens().create(ADMIN, wish(Optional.empty()));
        here.authenticate().caller(issued.secret());
        useCases().tokens().revoke(ADMIN, issued.token().id());
        now = NOW.plus(Authenticate.MEMORY).plusMillis(1);
        unauthenticated(here.authenticate(), issued.secret());
    }

    @Test
    void only_an_administrator_manages_tokens() {
        UseCases all = useCases();
        ManageTokens.Issued issued = all.tokens().create(ADMIN, wish(Optional.empty()));
        Caller writer = all.authenticate().caller(issued.secret());
        Refusal forbidden = new Refusal.Forbidden(Token.Scope.ADMIN);
        assertEquals(forbidden, refusal(() -> all.tokens().create(writer, wish(Optional.empty()))));
        assertEquals(forbidden, refusal(() -> all.tokens().revoke(writer, issued.token().id())));
    }

    @Test
    void a_store_is_set_up_once_however_many_try() throws Exception {
        int callers = 8;
        List<Callable<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            UseCases all = useCases();
            tries.add(
                    () -> {
                        try {
                            String secret = all.tokens().setUp("first").secret();
                            all.authenticate().caller(secret).require(Token.Scope.ADMIN);
                            return true;
                        } catch (Refused refused) {
                            assertEquals(new Refusal.AlreadySetUp(), refused.refusal());
                            return false;
                        }
                    });
        }
        int winners = 0;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            for (Future<Boolean> each :
                    threads.invokeAll(tries, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                winners += each.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, winners);
        assertEquals(1, feed().size());
        assertTrue(isSetUp());
    }

    @Test
    void a_chosen_secret_proves_the_first_token() {
        UseCases all = useCases();
        assertFalse(isSetUp());
        String secret = "chosen-by-the-operator";
        Token token = all.tokens().setUp("first", secret).token();
        assertEquals(Caller.of(token), all.authenticate().caller(secret));
        assertEquals(
                new Refusal.AlreadySetUp(), refusal(() -> all.tokens().setUp("second", secret)));
    }

    private boolean isSetUp() {
        return read(ManageTokens::any);
    }

    private static void unauthenticated(Authenticate authenticate, String secret) {
        assertInstanceOf(Refusal.Unauthenticated.class, refusal(() -> authenticate.caller(secret)));
    }
}
