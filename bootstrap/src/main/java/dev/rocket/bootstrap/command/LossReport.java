package dev.rocket.bootstrap.command;

import dev.rocket.core.model.JsonOut;
import dev.rocket.core.operation.Finding;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The report on what an import could not keep as it was, line by line. */
final class LossReport implements Consumer<Finding> {

    private final boolean json;
    private final Consumer<String> lines;
    private final Map<Finding.Fate, Long> counts = new EnumMap<>(Finding.Fate.class);

    /**
     * Begins a report.
     *
     * @param json whether each line is a JSON object
     * @param lines takes each line as soon as it is known
     */
    LossReport(boolean json, Consumer<String> lines) {
        this.json = json;
        this.lines = lines;
    }

    @Override
    public void accept(Finding finding) {
        counts.merge(finding.fate(), 1L, Long::sum);
        lines.accept(json ? json(finding) : text(finding));
    }

    /** How many findings of a fate there were so far. */
    long count(Finding.Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    /** Whether the store lacks something that was read. */
    boolean hasLoss() {
        return count(Finding.Fate.LOST) + count(Finding.Fate.KEPT) > 0;
    }

    private static String text(Finding finding) {
        String fate =
                switch (finding.fate()) {
                    case LOST -> "lost:  ";
                    case MOVED -> "moved: ";
                    case KEPT -> "kept:  ";
                };
        return fate + finding.print();
    }

    private static String json(Finding finding) {
        StringBuilder out = new StringBuilder();
        new JsonOut(out)
                .begin()
                .plain("type", "finding")
                .plain("fate", finding.fate().name().toLowerCase(Locale.ROOT))
                .text("where", finding.where())
                .text("field", finding.field())
                .text("value", finding.value())
                .text("why", finding.why())
                .end();
        return out.toString();
    }
}
