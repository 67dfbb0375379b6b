package dev.rocket.http.wire;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Printed;
import dev.rocket.core.model.Token;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;

/**
 * Entities as answers.
 *
 * <p>Their JSON is the canonical text that feed and exports carry.
 */
public final class Encoded {

    private static final int IMAGE_CHARS = 512;

    private Encoded() {}

    /** One entity, with its tag. */
    public static Answer one(Status status, Image image) {
        StringBuilder out = new StringBuilder(IMAGE_CHARS);
        print(out, image);
        return Answer.json(status, out).with(Etags.header(image.revision()));
    }

    /** An entity that was just made, 201, with its tag and its place. */
    public static Answer created(String place, Image image) {
        return one(Status.CREATED_201, image)
                .with(HeaderNames.LOCATION, place)
                .with(Answer.NO_STORE);
    }

    /** One page of a list. */
    public static Answer page(Page<? extends Image> page) {
        List<? extends Image> items = page.items();
        StringBuilder out = new StringBuilder(64 + IMAGE_CHARS * items.size());
        out.append("{\"items\":[");
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            print(out, items.get(i));
        }
        out.append(end(page.next()));
        return Answer.json(Status.OK_200, out).with(Answer.REVALIDATE);
    }

    /** One page of tasks. */
    public static Answer page(Printed page) {
        return Answer.json(Status.OK_200, "{\"items\":[" + page.items() + end(page.next()))
                .with(Answer.REVALIDATE);
    }

    private static String end(Optional<Cursor> next) {
        return next.map(at -> "],\"next\":\"" + at.print() + "\"}").orElse("]}");
    }

    /** Appends an entity as clients may see it. */
    public static void print(StringBuilder out, Image image) {
        if (image instanceof Token token) {
            CatalogJson.print(out, token, Optional.empty());
        } else {
            ImageText.print(out, image);
        }
    }
}
