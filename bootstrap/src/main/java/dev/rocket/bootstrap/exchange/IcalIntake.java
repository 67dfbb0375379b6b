package dev.rocket.bootstrap.exchange;

import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The reader of iCalendar files: a task a to-do.
 *
 * <p>A calendar's name is the project of its to-dos. Events, journals and the like are told.
 */
final class IcalIntake implements Intake {

    private final Origin origin;
    private final IcalChunks chunks;
    private final IcalTimes times;
    private final Drafts drafts;
    private final Occurrences occurrences = new Occurrences();
    private Optional<String> calendar = Optional.empty();

    IcalIntake(Origin origin, InputStream in) {
        this.origin = origin;
        this.chunks = new IcalChunks(origin, in);
        this.times = new IcalTimes(origin.zone());
        this.drafts = new Drafts(origin);
    }

    @Override
    public boolean read(Consumer<? super ImportItem> out) throws IOException {
        Optional<IcalChunks.Chunk> chunk = chunks.next();
        if (chunk.isEmpty()) {
            return false;
        }
        IcalComponent component = chunk.get().component();
        String where = origin.place("line " + chunk.get().line());
        switch (component.name()) {
            case IcalChunks.CALENDAR -> calendar(component, where);
            case "VTODO" -> {
                IcalMapping mapping = new IcalMapping(origin, times, occurrences, where);
                mapping.draft(component, calendar).ifPresent(draft -> drafts.finish(draft, out));
            }
            case "VTIMEZONE" -> times.learn(component);
            case "" -> {}
            default -> {
                String summary = component.text("SUMMARY").orElse("");
                String uid = component.text("UID").map(id -> ", " + id).orElse("");
                origin.lost(where + uid, component.name(), summary, "is no to-do");
            }
        }
        return true;
    }

    private void calendar(IcalComponent component, String where) {
        Optional<String> name = component.text("X-WR-CALNAME");
        boolean begins = component.text("VERSION").isPresent();
        calendar = begins ? name : name.or(() -> calendar);
        for (IcalComponent.Property property : component.properties()) {
            switch (property.name()) {
                case "VERSION",
                        "PRODID",
                        "CALSCALE",
                        "METHOD",
                        "X-WR-CALNAME",
                        "X-WR-TIMEZONE" -> {}
                default ->
                        origin.lost(where, property.name(), property.value(), "has no field here");
            }
        }
    }
}
