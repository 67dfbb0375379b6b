package dev.rocket.core.contract;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.OldStore;
import dev.rocket.core.operation.UpgradeStore;
import dev.rocket.core.port.Backups;
import dev.rocket.core.port.Snapshot;
import dev.rocket.core.port.Store;
import dev.rocket.core.port.StoreException;
import dev.rocket.core.port.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A store of an older schema that fails at one point of its way.
 *
 * <p>Points are the calls of whoever advances it, before and after each, and the first times that
 * each step tells how far it is. Either the machine fails there, or the process ends, which is then
 * all that happens.
 */
final class Brittle extends ForwardingOldStore implements UpgradeStore.Watch {

    private static final int TELLINGS = 2;

    private final boolean dies;
    private final Map<String, Integer> told = new HashMap<>();
    private int left;
    private String where = "";

    /**
     * Fails at a point.
     *
     * @param point counted from 1
     * @param dies whether the process ends there
     */
    Brittle(OldStore real, int point, boolean dies) {
        super(real);
        this.left = point;
        this.dies = dies;
    }

    /** The point at which it failed; empty when it never came so far. */
    String where() {
        return where;
    }

    private void point(String name) {
        if (--left == 0) {
            where = name;
            if (dies) {
                throw new Fuse.Death();
            }
            throw new StoreException(Kind.UNAVAILABLE, "The machine failed.");
        }
    }

    private <T> T call(String name, Supplier<T> work) {
        point("before " + name);
        T result = work.get();
        point("after " + name);
        return result;
    }

    @Override
    public void at(String doing, long done) {
        if (told.merge(doing, 1, Integer::sum) <= TELLINGS) {
            point(doing + " " + done);
        }
    }

    @Override
    public Store store() {
        Store there = super.store();
        return new ForwardingStore() {
            @Override
            protected Store real() {
                return there;
            }

            @Override
            public <T> T read(Function<? super Snapshot, ? extends T> work) {
                point("before reading");
                return there.read(work);
            }
        };
    }

    @Override
    public Backups copies() {
        return new BrittleBackups(super.copies());
    }

    @Override
    public Store rehearse(Path copy) throws IOException {
        point("before rehearsing");
        Store made = super.rehearse(copy);
        try {
            point("after rehearsing");
        } catch (StoreException | Fuse.Death e) {
            made.close();
            throw e;
        }
        return made;
    }

    @Override
    public void strike() {
        point("before striking");
        super.strike();
    }

    @Override
    public void advance(Consumer<? super Snapshot> check) {
        point("before advancing");
        super.advance(check);
        point("after advancing");
    }

    private final class BrittleBackups implements Backups {

        private final Backups backups;

        BrittleBackups(Backups backups) {
            this.backups = backups;
        }

        @Override
        public String engine() {
            return backups.engine();
        }

        @Override
        public long size() {
            return call("measuring", backups::size);
        }

        @Override
        public Seq snapshot(Path file, LongConsumer progress) throws IOException {
            point("before copying");
            Seq seq = backups.snapshot(file, progress);
            point("after copying");
            return seq;
        }

        @Override
        public Store open(Path file) {
            point("before opening a copy");
            return backups.open(file);
        }
    }
}
