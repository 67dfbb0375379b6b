package dev.rocket.bootstrap.process;

import dev.rocket.bootstrap.page.JsonTree;
import java.util.Map;

/** A change as a follower of the feed reads it. */
record Place(long seq, String id, long revision, boolean isDeletion) {

    static Place of(Map<String, Object> change) {
        return new Place(
                Long.parseLong(JsonTree.text(change, "seq")),
                JsonTree.text(change, "id"),
                Long.parseLong(JsonTree.text(change, "revision")),
                JsonTree.text(change, "deleted").equals("true"));
    }
}
