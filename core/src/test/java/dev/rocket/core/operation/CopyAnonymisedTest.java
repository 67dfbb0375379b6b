package dev.rocket.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.core.contract.MemoryStore;
import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Seq;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import dev.rocket.core.port.Loader;
import dev.rocket.core.port.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CopyAnonymisedTest {

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{5,}");

    private static MemoryStore copy(Store store, long seed) {
        MemoryStore copy = new MemoryStore();
        try (Loader loader = copy.loader()) {
            new CopyAnonymised(store, new Random(seed)).run(loader, written -> {});
        }
        return copy;
    }

    private static List<Change> feed(Store store) {
        List<Change> all = new ArrayList<>();
        Seq at = Seq.START;
        while (store.head().isAfter(at)) {
            Seq after = at;
            all.addAll(store.read(s -> s.changes(after, Limits.CHANGES_PAGE)));
            at = all.getLast().seq();
        }
        return all;
    }

    private static Set<String> words(List<Change> feed) {
        Set<String> words = new TreeSet<>();
        feed.forEach(change -> collect(words, written(change.image())));
        return words;
    }

    private static String written(Image image) {
        return switch (image) {
            case Task task -> task.title() + " " + task.notes();
            case Comment comment -> comment.text();
            case Catalogued one -> one.name();
            default -> "";
        };
    }

    private static void collect(Set<String> words, String text) {
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            words.add(word.group());
        }
    }

    @Test
    void nothing_that_people_wrote_is_left_and_all_else_is() {
        Store store = new MemoryStore();
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-29T07:30:00Z"));
        new SeedStore(store, clock, new Random(3)).run(300, written -> {});
        MemoryStore copy = copy(store, 5);
        List<Change> before = feed(store);
        List<Change> after = feed(copy);
        assertTrue(new VerifyStore(copy).run(looked -> {}).agrees());
        assertEquals(before.size(), after.size());
        Set<String> words = words(before);
        assertFalse(words.isEmpty());
        for (int i = 0; i < before.size(); i++) {
            Change one = before.get(i);
            Change other = after.get(i);
            assertEquals(one.seq(), other.seq());
            assertEquals(one.prev(), other.prev());
            assertEquals(one.at(), other.at());
            assertEquals(one.image().id(), other.image().id());
            assertEquals(one.image().revision(), other.image().revision());
            Set<String> left = new TreeSet<>();
            collect(left, written(other.image()));
            left.retainAll(words);
            left.removeAll(Set.of("project", "label", "member"));
            assertEquals(Set.of(), left);
            if (one.image() instanceof Task task && other.image() instanceof Task twin) {
                assertEquals(task.title().length(), twin.title().length());
                assertEquals(task.notes().length(), twin.notes().length());
                assertEquals(task.links(), twin.links());
                assertEquals(task.schedule(), twin.schedule());
            }
        }
    }

    @Test
    void no_token_opens_the_copy_and_another_secret_gives_other_words() {
        Store store = SampleStore.of(11);
        List<Change> one = feed(copy(store, 1));
        List<Change> other = feed(copy(store, 2));
        assertNotEquals(one, other);
        for (Change change : one) {
            if (change.image() instanceof Token token) {
                assertNotEquals(Token.hash("secret"), token.hash());
            }
        }
        assertTrue(one.stream().map(Change::image).anyMatch(Token.class::isInstance));
        assertEquals(
                feed(store).stream().map(Change::image).map(Image::id).toList(),
                one.stream().map(Change::image).map(Image::id).toList());
    }
}
