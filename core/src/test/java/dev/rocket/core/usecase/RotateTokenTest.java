package dev.rocket.core.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Meter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RotateTokenTest {

    private static final Instant BEGAN = Instant.parse("2031-01-01T00:00:00Z");
    private static final Caller OPERATOR = Caller.system("operator");

    private final MemoryStore store = new MemoryStore();
    private Instant now = BEGAN;
    private final InstantSource clock = () -> now;
    private final UseCases rocket = UseCases.over(store, clock, new Random(1), Meter.NONE);

    private static ManageTokens.Wish wish(Optional<Instant> expires) {
        return new ManageTokens.Wish("laptop", Set.of(Token.Scope.WRITE), expires);
    }

    private String name(ManageTokens.Issued issued) {
        return rocket.authenticate().caller(issued.secret()).actor().name();
    }

    private void refused(ManageTokens.Issued issued) {
        Refused refused = assertThrows(Refused.class, () -> name(issued));
        assertEquals(new Refusal.Unauthenticated("The token has expired."), refused.refusal());
    }

    @Test
    void both_are_good_during_the_overlap_and_the_new_one_after_it() {
        ManageTokens.Issued old = rocket.tokens().create(OPERATOR, wish(Optional.empty()));
        assertEquals("laptop", name(old));
        Instant until = BEGAN.plus(Duration.ofHours(24));
        ManageTokens.Issued next =
                rocket.tokens().replace(OPERATOR, wish(Optional.empty()), old.token().id(), until);
        now = until.minusMillis(1);
        assertEquals("laptop", name(old));
        assertEquals("laptop", name(next));
        now = until;
        refused(old);
        assertEquals("laptop", name(next));
    }

    @Test
    void without_an_overlap_the_old_one_ends_at_once_though_it_was_just_believed() {
        ManageTokens.Issued old = rocket.tokens().create(OPERATOR, wish(Optional.empty()));
        assertEquals("laptop", name(old));
        rocket.tokens().replace(OPERATOR, wish(Optional.empty()), old.token().id(), now);
        refused(old);
    }

    @Test
    void an_end_that_comes_sooner_stays() {
        Instant soon = BEGAN.plusSeconds(60);
        ManageTokens.Issued old = rocket.tokens().create(OPERATOR, wish(Optional.of(soon)));
        Instant until = BEGAN.plusSeconds(3_600);
        rocket.tokens().replace(OPERATOR, wish(Optional.empty()), old.token().id(), until);
        now = soon;
        refused(old);
    }

    @Test
    void a_token_that_is_not_there_is_refused_and_none_is_made() {
        Token.Id nobody = new Token.Id(new UUID(1, 2));
        assertThrows(
                Refused.class,
                () -> rocket.tokens().replace(OPERATOR, wish(Optional.empty()), nobody, now));
        assertEquals(false, store.read(ManageTokens::any));
    }
}
