package dev.rocket.http.api;

import dev.rocket.core.model.Image;
import dev.rocket.core.model.Revision;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.FindTasks;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.Etags;
import dev.rocket.http.wire.Problems;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.util.List;
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
     * <p>One strong tag costs nothing here, since the write itself compares it.
     */
    static Optional<Revision> expected(Ask ask, FindTasks find, Image.Id<?> id) {
        return ask.headers().contains(HeaderNames.IF_MATCH)
                ? expected(Etags.ifMatch(ask.headers()), find, ask.caller(), id)
                : Optional.empty();
    }

    /**
     * The revision that a condition expects; empty when it takes any.
     *
     * <p>Of a list, the tag that is current, else any other: it is the write that refuses, since it
     * alone knows whether it was answered before. Weak tags never match.
     */
    static Optional<Revision> expected(
            Etags.Condition condition, FindTasks find, Caller caller, Image.Id<?> id) {
        if (condition.any()) {
            return Optional.empty();
        }
        List<Revision> strong = condition.strong();
        if (strong.isEmpty()) {
            throw Problems.stale(id, find.one(caller, id).revision());
        }
        Optional<Revision> current =
                strong.size() == 1
                        ? Optional.empty()
                        : find.find(caller, id).map(Image::revision).filter(strong::contains);
        return current.or(() -> Optional.of(strong.get(0)));
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
