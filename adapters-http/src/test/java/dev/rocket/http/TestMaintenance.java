package dev.rocket.http;

import dev.rocket.core.contract.MemoryPlace;
import dev.rocket.core.model.Refused;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.Destination;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.MigrateStore;
import dev.rocket.core.operation.Operations;
import dev.rocket.core.operation.Outcome;
import dev.rocket.core.operation.SwitchableStore;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Maintenance of one job, {@code tidy}, and moves between places in memory; nothing drives it. */
final class TestMaintenance {

    /** What begins so names no place. */
    private static final String NOWHERE = "nowhere";

    private final Map<String, Destination> places = new ConcurrentHashMap<>();

    private TestMaintenance() {}

    /** Operations on a store that is at no place. */
    static Operations over(Store store, InstantSource clock, Meter meter) {
        return over(new SwitchableStore(store), new MemoryPlace("here"), clock, meter);
    }

    /**
     * Operations on a store.
     *
     * @param here where the store is
     */
    static Operations over(
            SwitchableStore store, MemoryPlace here, InstantSource clock, Meter meter) {
        Timetable nightly = Timetable.parse("daily 03:00");
        Chore tidy = new Chore("tidy", "tidies up", nightly, lease -> Outcome.done("2 things"));
        MaintenanceScheduler.Place place =
                new MaintenanceScheduler.Place(clock, ZoneOffset.UTC, "host/1", meter);
        MigrateStore migrate =
                new MigrateStore(
                        store,
                        here,
                        new MigrateStore.Settings(
                                clock, System::nanoTime, time -> {}, Duration.ofHours(24)));
        return new Operations(
                new MaintenanceScheduler(
                        store, place, List.of(tidy, migrate.chore()), report -> {}),
                migrate,
                new TestMaintenance()::place);
    }

    /** A place by a text whose last word, behind a blank, is a password. */
    private Destination place(String text) {
        if (text.startsWith(NOWHERE)) {
            throw Refused.invalid("to", "names no place");
        }
        return places.computeIfAbsent(text.split(" ", -1)[0], MemoryPlace::new);
    }
}
