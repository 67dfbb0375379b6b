package dev.rocket.bootstrap.exchange;

import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** The reader of what {@code task export} writes: an array of tasks, or one a line. */
final class TaskwarriorIntake implements Intake {

    private final JsonObjects objects;
    private final TaskwarriorMapping mapping;
    private final Drafts drafts;

    TaskwarriorIntake(Origin origin, InputStream in) throws IOException {
        this.objects = new JsonObjects(origin, in);
        this.mapping = new TaskwarriorMapping(origin);
        this.drafts = new Drafts(origin);
    }

    @Override
    public boolean read(Consumer<? super ImportItem> out) throws IOException {
        Optional<JsonObjects.Found> found = objects.next();
        found.flatMap(mapping::draft).ifPresent(draft -> drafts.finish(draft, out));
        return found.isPresent();
    }
}
