package planted;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** A library that only another library brings. */
final class Borrower {

    private Borrower() {}

    static Counter counter() {
        return Counter.builder().name("planted").register(new PrometheusRegistry());
    }
}
