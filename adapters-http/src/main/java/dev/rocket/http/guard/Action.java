package dev.rocket.http.guard;

import dev.rocket.http.wire.Answer;

/** What a route does with a request that may pass. */
public interface Action {

    /**
     * Answers; runs on the request's own virtual thread and may block.
     *
     * @throws RuntimeException any refusal or failure; it becomes a problem document
     */
    Answer answer(Ask ask);
}
