package dev.rocket.http;

import dev.rocket.core.contract.MemoryPlace;
import dev.rocket.core.operation.Chore;
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

/** Maintenance of one job, {@code tidy}, that nothing drives. */
final class TestMaintenance {

    private TestMaintenance() {}

    static Operations over(Store store, InstantSource clock, Meter meter) {
        Timetable nightly = Timetable.parse("daily 03:00");
        Chore tidy = new Chore("tidy", "tidies up", nightly, lease -> Outcome.done("2 things"));
        MaintenanceScheduler.Place place =
                new MaintenanceScheduler.Place(clock, ZoneOffset.UTC, "host/1", meter);
        MigrateStore migration =
                new MigrateStore(
                        new SwitchableStore(store),
                        new MemoryPlace("memory"),
                        new MigrateStore.Settings(
                                clock, System::nanoTime, time -> {}, Duration.ofHours(24)));
        return new Operations(
                new MaintenanceScheduler(store, place, List.of(tidy), report -> {}), migration);
    }
}
