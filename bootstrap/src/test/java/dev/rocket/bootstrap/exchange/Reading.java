package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Due;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Task;
import dev.rocket.core.operation.Finding;
import dev.rocket.core.operation.ImportItem;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader made of a file. */
record Reading(List<ImportItem> items, List<Finding> findings) {

    static final ZoneId ROME = ZoneId.of("Europe/Rome");
    static final Instant MODIFIED = Instant.parse("2026-06-01T10:00:00Z");

    static Reading of(Format format, String text) throws IOException {
        return of(format, text.getBytes(StandardCharsets.UTF_8), MODIFIED);
    }

    static Reading of(Format format, byte[] bytes, Instant modified) throws IOException {
        List<ImportItem> items = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Origin origin = new Origin("file", modified, ROME, Optional.empty(), findings::add);
        InputStream in = new BufferedInputStream(new ByteArrayInputStream(bytes));
        Intake intake = format.open(origin, in);
        boolean more = true;
        while (more) {
            more = intake.read(items::add);
        }
        return new Reading(items, findings);
    }

    /** Why a file cannot be read to its end. */
    static String failure(Format format, String text) {
        IOException e = assertThrows(IOException.class, () -> of(format, text));
        return String.valueOf(e.getMessage());
    }

    private <T extends Image> List<T> all(Class<T> type) {
        return items.stream()
                .map(ImportItem::image)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<Task> tasks() {
        return all(Task.class);
    }

    List<String> titles() {
        return tasks().stream().map(Task::title).toList();
    }

    /** The only task. */
    Task task() {
        assertEquals(1, tasks().size(), this::toString);
        return tasks().get(0);
    }

    List<Comment> comments() {
        return all(Comment.class);
    }

    String project(Task task) {
        return task.links().project().map(this::name).orElse("");
    }

    List<String> labels(Task task) {
        return task.links().labels().stream().map(this::name).sorted().toList();
    }

    private String name(Image.Id<?> id) {
        return all(Catalogued.class).stream()
                .filter(entry -> entry.id().equals(id))
                .map(Catalogued::name)
                .findFirst()
                .orElseThrow();
    }

    static String due(Task task) {
        return task.schedule().due().map(Due::print).orElse("");
    }

    static String start(Task task) {
        return task.schedule().start().map(Due::print).orElse("");
    }

    /** The findings in the form {@code LOST file line 3: field: why (value)}. */
    List<String> told() {
        return findings.stream().map(finding -> finding.fate() + " " + finding.print()).toList();
    }
}
