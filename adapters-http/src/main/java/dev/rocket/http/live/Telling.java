package dev.rocket.http.live;

import dev.rocket.core.model.Change;
import dev.rocket.core.usecase.FollowChanges;
import dev.rocket.http.websocket.Frames;
import dev.rocket.http.wire.ChangeJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change on its way to many.
 *
 * <p>It is encoded once, its message once for all sockets whose subscriptions have the same names,
 * and what was before it is looked up at most once. Used by one thread.
 */
final class Telling implements Interest.Earlier {

    private final FollowChanges feed;
    private final Change change;
    private final Map<String, byte[]> messages = new HashMap<>(2);
    private @Nullable String json;
    private Optional<Change> earlier = Optional.empty();
    private boolean looked;

    Telling(FollowChanges feed, Change change) {
        this.feed = feed;
        this.change = change;
    }

    Change told() {
        return change;
    }

    @Override
    public Optional<Change> change() {
        if (!looked) {
            earlier = feed.before(change);
            looked = true;
        }
        return earlier;
    }

    /** The frame that shows it to subscriptions, whose names are given as a JSON array. */
    byte[] shown(String names) {
        return messages.computeIfAbsent(
                names, some -> Frames.text(LiveMessages.change(names, json())));
    }

    /** The frame that says to subscriptions that a task is no longer theirs. */
    byte[] left(String names) {
        return Frames.text(LiveMessages.left(names, change));
    }

    private String json() {
        String text = json;
        if (text == null) {
            text = ChangeJson.print(change);
            json = text;
        }
        return text;
    }
}
