package dev.rocket.bootstrap.command;

import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.CopyStore;
import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a move is, with one bar or line a phase. */
final class PhaseProgress implements AutoCloseable {

    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private @Nullable Progress progress;
    private @Nullable CopyProgress copy;
    private String phase = "";
    private String detail = "";
    private MoveView last = new MoveView(java.util.Map.of(), java.util.List.of());

    PhaseProgress(PrintWriter err, LongSupplier nanoTime) {
        this.err = err;
        this.nanoTime = nanoTime;
    }

    /** Shows what a server told. */
    void show(MoveView now) {
        if (!now.phase().equals(phase)) {
            close();
            phase = now.phase();
            if (!now.isOver()) {
                begin(now);
            }
        }
        Progress bar = progress;
        CopyProgress words = copy;
        if (bar != null && words != null) {
            if (!now.text("detail").equals(detail)) {
                detail = now.text("detail");
                bar.say(phase + ": " + detail);
            }
            bar.to(now.number("at"), now.number("rows"), () -> words.words(copied(now)));
        }
        last = now;
    }

    private void begin(MoveView now) {
        boolean isCopy = phase.equals("copying") || phase.equals("tailing");
        Progress bar =
                isCopy
                        ? Progress.ofCopy(err, phase, now.number("end"))
                        : Progress.ofChecks(err, phase);
        progress = bar;
        copy = new CopyProgress(bar, nanoTime);
        detail = "";
    }

    private static CopyStore.Progress copied(MoveView now) {
        boolean isCopying = now.phase().equals("copying") && now.number("at") > 0;
        return new CopyStore.Progress(
                isCopying ? CopyStore.Step.CHANGES : CopyStore.Step.ENTITIES,
                now.number("rows"),
                new Seq(now.number("at")),
                new Seq(Math.max(now.number("at"), now.number("end"))));
    }

    /** Ends the bar, and says in a line that stands what became of the phase. */
    @Override
    public void close() {
        Progress bar = progress;
        CopyProgress words = copy;
        if (bar != null && words != null) {
            long rows = last.number("rows");
            String looked = rows + " rows, " + CopyProgress.rate(rows, words.took()) + ", ";
            bar.say(phase + ": " + (rows > 0 ? looked : "") + words.took().toMillis() + " ms");
            bar.close();
        }
        progress = null;
        copy = null;
    }
}
