package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.ImageText;
import dev.rocket.core.operation.ExportStore;
import dev.rocket.core.operation.ImportItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reader of what {@link ExportStore} writes.
 *
 * <p>Each line must be as it was written. In the end the digest of what was read must be the one
 * that the first line tells; a file that was cut short or changed is an error then.
 */
final class RocketIntake implements Intake {

    private static final Pattern HEADER =
            Pattern.compile(
                    "\\{\"rocket\":\"export\",\"version\":(\\d+),\"seq\":\\d+,"
                            + "\"digest\":\"([0-9a-f]{64})\".*\\}");
    private static final Pattern ENTITY =
            Pattern.compile("\\{\"kind\":\"([a-z]+)\",\"image\":(\\{.*\\})\\}");

    private final Origin origin;
    private final Lines lines;
    private Optional<String> promised = Optional.empty();
    private Digest digest = Digest.EMPTY;

    RocketIntake(Origin origin, InputStream in) {
        this.origin = origin;
        this.lines = new Lines(in, false);
    }

    @Override
    public boolean read(Consumer<? super ImportItem> out) throws IOException {
        Optional<Lines.Line> line = lines.next();
        if (line.isEmpty()) {
            end();
            return false;
        }
        if (promised.isEmpty()) {
            promised = Optional.of(header(line.get().text()));
        } else {
            Image image = image(line.get());
            digest = digest.plus(Digest.of(image));
            String where = origin.place("line " + line.get().number());
            out.accept(new ImportItem(image, where, ImportItem.Exactness.EXACT));
        }
        return true;
    }

    /** The digest that the first line tells; empty before it was read. */
    Optional<String> promised() {
        return promised;
    }

    private String header(String line) throws IOException {
        Matcher matcher = HEADER.matcher(line);
        if (!matcher.matches()) {
            throw new IOException(origin.place("line 1 is not the first line of an export"));
        }
        if (!matcher.group(1).equals(Integer.toString(ExportStore.VERSION))) {
            String what = "was written in version " + matcher.group(1) + " of the format;";
            throw new IOException(origin.place(what + " use a newer Rocket"));
        }
        return matcher.group(2);
    }

    private Image image(Lines.Line line) throws IOException {
        Matcher matcher = ENTITY.matcher(line.text());
        if (!line.flaw().isEmpty()) {
            throw new IOException(origin.place("line " + line.number() + " " + line.flaw()));
        }
        try {
            if (matcher.matches()) {
                Image.Kind kind = Image.Kind.parse(matcher.group(1));
                if (ExportStore.KINDS.contains(kind)) {
                    Image image = ImageText.parse(kind, matcher.group(2));
                    if (!(image instanceof Image.Gone)) {
                        return image;
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(origin.place("line " + line.number() + ": " + e.getMessage()), e);
        }
        throw new IOException(origin.place("line " + line.number() + " is no entity"));
    }

    private void end() throws IOException {
        if (!promised.equals(Optional.of(digest.print()))) {
            throw new IOException(
                    origin.place("is not whole: its digest does not fit its first line"));
        }
    }
}
