package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.contract.SettableClock;
import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Label;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A server of one store, with a clock that stands where it is put. */
abstract class ServerLife {

    static final ZoneId UTC = ZoneId.of("UTC");
    static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    final Store store = new MemoryStore();
    final SettableClock clock = new SettableClock(NOON);
    final List<Instant> runs = new ArrayList<>();
    final List<MaintenanceScheduler.Report> reports = new ArrayList<>();
    final List<String> succeeded = new ArrayList<>();
    final List<String> maintained = new ArrayList<>();
    boolean alone;
    Chore.Work work = lease -> Outcome.done("well");

    MaintenanceScheduler server(ZoneId zone, Chore... chores) {
        Meter meter =
                new Meter() {
                    @Override
                    public void maintained(String job, Job.Run run) {
                        maintained.add(job + " " + run.result().wire());
                    }

                    @Override
                    public void succeeded(String job, Instant at) {
                        succeeded.add(job + " " + at);
                    }
                };
        MaintenanceScheduler.Place place =
                new MaintenanceScheduler.Place(clock, zone, "here", meter, () -> alone);
        return new MaintenanceScheduler(store, place, List.of(chores), reports::add);
    }

    MaintenanceScheduler server(String timetable) {
        return server(UTC, chore(timetable));
    }

    Chore chore(String timetable) {
        return new Chore(
                "backup",
                "Tests.",
                Timetable.parse(timetable),
                lease -> {
                    runs.add(clock.instant());
                    return work.run(lease);
                });
    }

    void begin() {
        UUID id = new UUID(1, store.head().value());
        Label label = Label.named(new Label.Id(id), "l" + store.head().value(), NOON);
        Change born = Change.draft(Actor.system("test"), "test", clock.instant(), label);
        store.write(tx -> tx.apply(born));
    }

    void crashHoldingIt() {
        assertTrue(Lease.take(store, clock, "backup", Optional.empty(), "crashed").isPresent());
    }

    Job job() {
        return store.<Optional<Job>>read(s -> s.find(Job.Id.of("backup"))).orElseThrow();
    }

    static List<Instant> instants(String... texts) {
        return List.of(texts).stream().map(Instant::parse).toList();
    }

    /** Ticks as a clockwork does, every half hour here. */
    void live(MaintenanceScheduler server, Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.pass(Duration.ofMinutes(30));
            server.tick();
        }
    }
}
