package dev.rocket.http.wire;

import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many writes in one body.
 *
 * @param isAtomic whether all take effect or none
 * @param items the writes, in order
 */
public record BatchJson(boolean isAtomic, List<Item> items) {

    /** Copies the list. */
    public BatchJson {
        items = List.copyOf(items);
    }

    /**
     * One write.
     *
     * @param method POST, PATCH or DELETE
     * @param path what it is about
     * @param body where its body stands in the batch's; empty for none
     * @param ifMatch the condition on the current revision, as the header has it
     */
    public record Item(
            String method, String path, Optional<Bodies.Part> body, Optional<String> ifMatch) {}

    /**
     * The batch in a body.
     *
     * @throws Malformed when it cannot be read
     * @throws Refused with Invalid for too many items
     */
    public static BatchJson parse(byte[] text) {
        return Bodies.read(
                text,
                body -> {
                    List<Item> items = new ArrayList<>();
                    boolean[] atomic = {false};
                    body.object(
                            name -> {
                                switch (name) {
                                    case "atomic" -> atomic[0] = body.truth();
                                    case "items" -> body.array(index -> items.add(item(body)));
                                    default -> throw body.unknown();
                                }
                                if (items.size() > Limits.BATCH) {
                                    throw tooMany();
                                }
                            });
                    return new BatchJson(atomic[0], items);
                });
    }

    private static Refused tooMany() {
        return Refused.invalid("items", "are more than " + Limits.BATCH);
    }

    private static Item item(Bodies body) throws IOException {
        var read =
                new Object() {
                    String method = "";
                    String path = "";
                    Optional<Bodies.Part> body = Optional.empty();
                    Optional<String> ifMatch = Optional.empty();
                };
        body.object(
                name -> {
                    switch (name) {
                        case "method" -> read.method = body.text();
                        case "path" -> read.path = body.text();
                        case "ifMatch" -> read.ifMatch = body.maybe(text -> text);
                        case "body" -> {
                            if (!body.isNull()) {
                                read.body = Optional.of(body.skipped());
                            }
                        }
                        default -> throw body.unknown();
                    }
                });
        return new Item(read.method, read.path, read.body, read.ifMatch);
    }
}
