package dev.rocket.http.api;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Revision;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.Etags;
import dev.rocket.http.wire.Problems;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.util.Optional;

/**
 * Conditional requests.
 *
 * <p>Source: RFC 9110, section 13. A condition on what is not there is not looked at: that is 404.
 */
final class Conditions {

    private Conditions() {}

    /**
     * The revision that a write expects; empty when it takes any.
     *
     * <p>One strong tag costs nothing here, since the write itself compares it. A list, or tags
     * that can never match, are compared with what is current.
     */
    static Optional<Revision> expected(Ask ask, FindTasks find, Image.Id<?> id) {
        if (!ask.headers().contains(HeaderNames.IF_MATCH)) {
            return Optional.empty();
        }
        Etags.Condition condition = Etags.ifMatch(ask.headers());
        if (condition.any()) {
            return Optional.empty();
        }
        if (condition.strong().size() == 1) {
            return Optional.of(condition.strong().get(0));
        }
        Revision current = find.one(ask.caller(), id).revision();
        if (!condition.strongly(current)) {
            throw Problems.stale(id, current);
        }
        return Optional.of(current);
    }

    /** The answer to a read: the entity, or 304 when the client has this revision. */
    static Answer answer(Ask ask, Image image) {
        boolean known =
                ask.headers().contains(HeaderNames.IF_NONE_MATCH)
                        && Etags.ifNoneMatch(ask.headers()).weakly(image.revision());
        Answer answer =
                known
                        ? Answer.empty(Status.NOT_MODIFIED_304).with(Etags.header(image.revision()))
                        : Encoded.one(Status.OK_200, image);
        return answer.with(Answer.REVALIDATE);
    }
}
