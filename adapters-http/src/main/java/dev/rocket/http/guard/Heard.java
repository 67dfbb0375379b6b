package dev.rocket.http.guard;

/** Hears of every answer to one route; cheap, safe from any thread. */
public interface Heard {

    /**
     * A request was answered.
     *
     * @param status the answer's status
     * @param nanos from the request's head until its answer is ready to be sent
     */
    void answered(int status, long nanos);
}
