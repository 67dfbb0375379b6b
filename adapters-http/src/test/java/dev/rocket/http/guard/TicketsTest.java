package dev.rocket.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Refused;
import dev.rocket.core.usecase.Caller;
import dev.rocket.http.wire.Declined;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TicketsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Tickets tickets = new Tickets(now::get, new SecureRandom());
    private final Caller caller = Caller.system("test");

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void a_ticket_proves_its_caller_once() {
        String ticket = tickets.issue(caller);
        assertNotEquals(ticket, tickets.issue(caller));
        assertSame(caller, tickets.redeem(ticket));
        assertThrows(Refused.class, () -> tickets.redeem(ticket));
        assertThrows(Refused.class, () -> tickets.redeem(""));
    }

    @Test
    void a_ticket_expires() {
        String ticket = tickets.issue(caller);
        pass(Tickets.GOOD_FOR);
        assertThrows(Refused.class, () -> tickets.redeem(ticket));
    }

    @Test
    void open_tickets_are_bounded_and_expired_ones_make_room() {
        for (int i = 0; i < Tickets.OPEN; i++) {
            tickets.issue(caller);
        }
        assertThrows(Declined.class, () -> tickets.issue(caller));
        pass(Tickets.GOOD_FOR);
        assertEquals(32, tickets.issue(caller).length());
    }
}
