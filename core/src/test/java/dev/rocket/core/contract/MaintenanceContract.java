package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.operation.Chore;
import dev.rocket.core.operation.Lease;
import dev.rocket.core.operation.MaintenanceScheduler;
import dev.rocket.core.operation.Outcome;
import dev.rocket.core.operation.Timetable;
import dev.rocket.core.operation.VerifyStore;
import dev.rocket.core.port.Meter;
import dev.rocket.core.port.Store;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A job is done once, whatever servers a store has.
 *
 * <p>Servers are schedulers, on stores of their own where an engine has more than one on the same
 * data. A server that was paused for longer than its lease lasts finds its writes refused.
 */
public abstract class MaintenanceContract extends Contract {

    private static final Timetable NIGHTLY = Timetable.parse("daily 03:00");
    private static final int SERVERS = 4;

    private final SettableClock clock = new SettableClock(NOW);
    private final Queue<MaintenanceScheduler.Report> reports = new ConcurrentLinkedQueue<>();

    /** The store of the test, as another server has it open; closed by whoever opened it. */
    protected Store elsewhere() {
        return store();
    }

    private MaintenanceScheduler scheduler(Store store, String holder, Chore... chores) {
        MaintenanceScheduler.Place place =
                new MaintenanceScheduler.Place(clock, ZoneOffset.UTC, holder, Meter.NONE);
        return new MaintenanceScheduler(store, place, List.of(chores), reports::add);
    }

    private static Chore nightly(Chore.Work work) {
        return new Chore("backup", "Tests.", NIGHTLY, work);
    }

    private Job job() {
        return read(s -> s.find(Job.Id.of("backup"))).orElseThrow();
    }

    @Test
    void servers_that_tick_at_the_same_time_do_each_nights_run_once() throws Exception {
        put(label("the store's beginning"));
        Queue<String> done = new ConcurrentLinkedQueue<>();
        List<MaintenanceScheduler> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            String name = "server-" + i;
            Store store = i % 2 == 0 ? store() : elsewhere();
            Chore chore =
                    nightly(
                            lease -> {
                                done.add(name);
                                return Outcome.done("as " + name);
                            });
            servers.add(scheduler(store, name, chore));
        }
        for (int night = 1; night <= 5; night++) {
            clock.pass(Duration.ofDays(1));
            atOnce(servers.stream().<Callable<?>>map(one -> ticking(one)).toList());
            assertEquals(night, done.size());
        }
        assertEquals(done.stream().map(name -> "as " + name).toList(), details());
    }

    private static Callable<Boolean> ticking(MaintenanceScheduler one) {
        return () -> {
            one.tick();
            return true;
        };
    }

    private List<String> details() {
        List<Job.Run> runs = new ArrayList<>(scheduler(store(), "reader").runs("backup", 100));
        Collections.reverse(runs);
        return runs.stream().map(Job.Run::detail).toList();
    }

    private static void atOnce(List<Callable<?>> works) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Callable<?> work : works) {
                all.add(
                        pool.submit(
                                () -> {
                                    gate.await();
                                    return work.call();
                                }));
            }
            gate.countDown();
            for (Future<?> one : all) {
                one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The first server is paused in its work for longer than its lease lasts. */
    @Test
    void a_paused_server_that_wakes_up_cannot_do_the_works_write_twice() {
        put(label("the store's beginning"));
        MaintenanceScheduler second =
                scheduler(
                        elsewhere(),
                        "second",
                        nightly(
                                lease -> {
                                    lease.fenced(tx -> tx.apply(draft(label("by the second"))));
                                    return Outcome.done("second");
                                }));
        List<Refusal> refusals = new ArrayList<>();
        MaintenanceScheduler first =
                scheduler(
                        store(),
                        "first",
                        nightly(
                                lease -> {
                                    clock.pass(Lease.LENGTH.plusMinutes(2));
                                    second.tick();
                                    refusals.add(lateWrite(lease));
                                    return Outcome.done("first");
                                }));
        clock.pass(Duration.ofDays(1));
        first.tick();
        assertInstanceOf(Refusal.Stale.class, refusals.get(0));
        assertEquals(2, all(Image.Kind.LABEL).size());
        assertEquals("second", job().last().orElseThrow().detail());
        MaintenanceScheduler.Report late = List.copyOf(reports).get(1);
        assertEquals("first", late.run().detail());
        assertInstanceOf(Refused.class, late.why().orElseThrow());
    }

    private Refusal lateWrite(Lease lease) {
        try {
            lease.fenced(tx -> tx.apply(draft(label("by the first"))));
        } catch (Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("the write of a lost lease was made");
    }

    @Test
    void a_lease_that_is_renewed_keeps_others_away_for_as_long_as_the_work_lasts() {
        put(label("the store's beginning"));
        List<String> done = new ArrayList<>();
        MaintenanceScheduler second =
                scheduler(
                        elsewhere(),
                        "second",
                        nightly(
                                lease -> {
                                    done.add("second");
                                    return Outcome.done("second");
                                }));
        MaintenanceScheduler first =
                scheduler(
                        store(),
                        "first",
                        nightly(
                                lease -> {
                                    for (int i = 0; i < 10; i++) {
                                        clock.pass(Lease.LENGTH.dividedBy(2).plusSeconds(1));
                                        lease.checkpoint();
                                        second.tick();
                                    }
                                    done.add("first");
                                    return Outcome.done("first");
                                }));
        clock.pass(Duration.ofDays(1));
        first.tick();
        second.tick();
        assertEquals(List.of("first"), done);
    }

    @Test
    void what_maintenance_writes_agrees_with_the_feed() {
        put(label("the store's beginning"));
        MaintenanceScheduler server =
                scheduler(
                        store(),
                        "server",
                        nightly(lease -> Outcome.failed("the disk\nis \"full\" \\ 🦊")));
        clock.pass(Duration.ofDays(1));
        server.tick();
        assertEquals(1, job().failures());
        assertTrue(new VerifyStore(store()).run(looked -> {}).agrees());
        assertEquals(List.of(job()), all(Image.Kind.JOB));
    }
}
