package dev.rocket.bootstrap.command;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Digest;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Receipt;
import dev.rocket.core.model.Seq;
import dev.rocket.core.operation.CompareStores;
import dev.rocket.core.operation.CompareStores.Answer;
import dev.rocket.core.operation.CompareStores.End;
import dev.rocket.core.operation.CompareStores.Entity;
import dev.rocket.core.operation.CompareStores.Place;
import dev.rocket.core.operation.CompareStores.Receipts;
import dev.rocket.core.operation.CompareStores.State;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison of two stores found, in words and as JSON.
 *
 * @param report what was found
 * @param store where the one is, without a password
 * @param against where the other is
 */
record Comparison(CompareStores.Report report, String store, String against) {

    private static final int DIGITS = 16;

    /** Several lines for people; the first says whether they are equal. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(report.equal() ? "The stores are equal\n" : "DIFFERENT:\n");
        report.feed().ifPresent(place -> tell(text, place));
        report.state().flatMap(State::first).ifPresent(entity -> tell(text, entity));
        report.receipts().flatMap(Receipts::first).ifPresent(answer -> tell(text, answer));
        ahead(text, "store", report.one());
        ahead(text, "against", report.other());
        if (!report.equal()) {
            text.append(unjudged());
        }
        text.append("places    ").append(report.places()).append(" compared\n");
        if (report.forgotten() > 0) {
            text.append("forgotten ").append(report.forgotten()).append(" by one of them\n");
        }
        report.receipts().ifPresent(answers -> count(text, answers));
        end(text, "store", store, report.one(), report.state().map(State::one));
        end(text, "against", against, report.other(), report.state().map(State::other));
        return text.toString().stripTrailing();
    }

    private static void tell(StringBuilder text, Place place) {
        text.append("  place ").append(place.number()).append(" in the feed\n");
        text.append("    store    ").append(place.one().map(Comparison::words).orElse("nothing"));
        text.append("\n    against  ");
        text.append(place.other().map(Comparison::words).orElse("nothing")).append('\n');
    }

    private static void tell(StringBuilder text, Entity entity) {
        text.append("  ").append(name(entity.id())).append('\n');
        text.append("    store    ").append(entity.one().map(Comparison::words).orElse("nothing"));
        text.append("\n    against  ");
        text.append(entity.other().map(Comparison::words).orElse("nothing")).append('\n');
    }

    private static void tell(StringBuilder text, Answer answer) {
        Receipt.Key key = answer.one().or(answer::other).orElseThrow().key();
        text.append("  answer to the key ").append(key.word()).append(" of ");
        text.append(key.caller()).append("\n    store    ");
        text.append(answer.one().map(Comparison::words).orElse("nothing"));
        text.append("\n    against  ");
        text.append(answer.other().map(Comparison::words).orElse("nothing")).append('\n');
    }

    private static String words(Receipt receipt) {
        List<Long> places = receipt.changes().stream().map(Seq::value).toList();
        return "given at " + receipt.at() + ", changes " + places;
    }

    private static void count(StringBuilder text, Receipts answers) {
        text.append("keys      ").append(answers.compared()).append(" compared");
        if (answers.forgotten() > 0) {
            text.append(", ").append(answers.forgotten()).append(" forgotten by one of them");
        }
        text.append('\n');
    }

    private static String words(Change change) {
        return "seq "
                + change.seq().value()
                + " after "
                + change.prev().value()
                + ": "
                + name(change.image().id())
                + ", "
                + words(change.image())
                + ", "
                + change.cause()
                + " by "
                + change.actor().id()
                + " at "
                + change.at();
    }

    private static String words(Image image) {
        String deleted = image instanceof Image.Gone ? "deleted, " : "";
        String digest = Digest.of(image).print().substring(0, DIGITS);
        return deleted + "revision " + image.revision().value() + ", digest " + digest;
    }

    private static String name(Image.Id<?> id) {
        return id.kind().wire() + " " + id.text();
    }

    private static void ahead(StringBuilder text, String which, End end) {
        if (end.ahead() > 0) {
            String changes = end.ahead() == 1 ? " change" : " changes";
            text.append("  ").append(which).append(" is ahead by ").append(end.ahead());
            text.append(changes).append('\n');
        }
    }

    /** What could not be found out, and why. */
    private String unjudged() {
        boolean unnamed = report.state().map(s -> !s.equal() && s.first().isEmpty()).orElse(false);
        if (unnamed) {
            return "  entities differ; a store was written to before the first was found\n";
        }
        if (report.state().isPresent()) {
            return "";
        }
        boolean ahead = report.one().ahead() > 0 || report.other().ahead() > 0;
        return report.feed().isPresent() || ahead
                ? "  entities were not compared, since the feeds do not end at the same place\n"
                : "  entities were not compared, since a store was written to; try again\n";
    }

    private static void end(
            StringBuilder text, String which, String where, End end, Optional<Digest> digest) {
        text.append(String.format("%-10s", which)).append(where);
        text.append("\n  seq       ").append(end.seq().value()).append('\n');
        if (digest.isPresent()) {
            text.append("  entities  ").append(digest.get().count()).append('\n');
            text.append("  digest    ").append(digest.get().print()).append('\n');
        }
    }

    /** One JSON object; what is not there is left out. */
    String json() {
        StringBuilder out = new StringBuilder();
        JsonOut json = new JsonOut(out);
        json.begin().truth("equal", report.equal()).number("places", report.places());
        json.number("forgotten", report.forgotten());
        json.truth("entities_compared", report.state().isPresent());
        if (report.receipts().isPresent()) {
            json.number("keys", report.receipts().get().compared());
            json.number("keys_forgotten", report.receipts().get().forgotten());
        }
        json(json.name("store"), store, report.one(), report.state().map(State::one));
        json(json.name("against"), against, report.other(), report.state().map(State::other));
        if (report.feed().isPresent()) {
            Place place = report.feed().get();
            json.name("feed").begin().number("place", place.number());
            place.one().ifPresent(change -> json(json.name("store"), change));
            place.other().ifPresent(change -> json(json.name("against"), change));
            json.end();
        }
        Optional<Answer> answer = report.receipts().flatMap(Receipts::first);
        if (answer.isPresent()) {
            Receipt.Key key = answer.get().one().or(answer.get()::other).orElseThrow().key();
            json.name("key").begin().text("caller", key.caller()).text("key", key.word());
            json.truth("store", answer.get().one().isPresent());
            json.truth("against", answer.get().other().isPresent()).end();
        }
        Optional<Entity> first = report.state().flatMap(State::first);
        if (first.isPresent()) {
            Image.Id<?> id = first.get().id();
            json.name("entity").begin().plain("kind", id.kind().wire()).plain("id", id.text());
            first.get().one().ifPresent(image -> json(json.name("store").begin(), image).end());
            first.get().other().ifPresent(image -> json(json.name("against").begin(), image).end());
            json.end();
        }
        json.end();
        return out.toString();
    }

    private static void json(JsonOut json, String where, End end, Optional<Digest> digest) {
        json.begin().text("place", where).number("seq", end.seq().value());
        json.number("ahead", end.ahead());
        if (digest.isPresent()) {
            json.number("entities", digest.get().count()).plain("digest", digest.get().print());
        }
        json.end();
    }

    private static void json(JsonOut json, Change change) {
        Image.Id<?> id = change.image().id();
        json.begin().number("seq", change.seq().value()).number("prev", change.prev().value());
        json.instant("at", change.at()).text("actor", change.actor().id());
        json.text("cause", change.cause()).plain("kind", id.kind().wire()).plain("id", id.text());
        json(json, change.image()).end();
    }

    private static JsonOut json(JsonOut json, Image image) {
        return json.number("revision", image.revision().value())
                .truth("deleted", image instanceof Image.Gone)
                .plain("digest", Digest.of(image).print());
    }
}
