package dev.rocket.http.wire;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Seq;
import io.helidon.http.Status;
import java.util.List;

/** Changes as everyone who follows the feed reads them. */
public final class ChangeJson {

    private static final int CHANGE_CHARS = 768;

    private ChangeJson() {}

    /** The text of a change; a deletion has {@code deleted} in place of the image. */
    public static String print(Change change) {
        StringBuilder out = new StringBuilder(CHANGE_CHARS);
        print(out, change);
        return out.toString();
    }

    /** Appends the text of a change. */
    public static void print(StringBuilder out, Change change) {
        Image image = change.image();
        JsonOut json = new JsonOut(out);
        json.begin()
                .number("seq", change.seq().value())
                .number("prev", change.prev().value())
                .instant("at", change.at())
                .name("actor");
        new JsonOut(out)
                .begin()
                .text("id", change.actor().id())
                .text("name", change.actor().name())
                .end();
        json.text("cause", change.cause())
                .plain("kind", image.id().kind().wire())
                .plain("id", image.id().text())
                .number("revision", image.revision().value());
        if (image instanceof Image.Gone) {
            json.truth("deleted", true);
        } else {
            json.name("image");
            ImageText.print(out, image);
        }
        json.end();
    }

    /**
     * One page of the feed.
     *
     * @param next where to go on
     * @param more whether the feed goes on behind it already
     */
    public static Answer page(List<Change> changes, Seq next, boolean more) {
        StringBuilder out = new StringBuilder(64 + CHANGE_CHARS * changes.size());
        out.append("{\"changes\":[");
        for (int i = 0; i < changes.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            print(out, changes.get(i));
        }
        out.append("],\"next\":").append(next.value());
        out.append(",\"more\":").append(more).append('}');
        return Answer.json(Status.OK_200, out).with(Answer.NO_STORE);
    }
}
