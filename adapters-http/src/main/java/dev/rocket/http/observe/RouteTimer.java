package dev.rocket.http.observe;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;

/**
 * The latencies of one route, by status.
 *
 * <p>Label lookups are paid once a status; two threads that race to the first look up the same.
 */
public final class RouteTimer {

    private static final int CLASS_SIZE = 32;

    private final Histogram histogram;
    private final String method;
    private final String template;
    private final DistributionDataPoint[] byStatus = new DistributionDataPoint[5 * CLASS_SIZE];

    RouteTimer(Histogram histogram, String method, String template) {
        this.histogram = histogram;
        this.method = method;
        this.template = template;
    }

    /**
     * A request was answered.
     *
     * @param status the answer's status
     * @param nanos how long it took
     */
    public void answered(int status, long nanos) {
        int index = (status / 100 - 1) * CLASS_SIZE + Math.min(status % 100, CLASS_SIZE - 1);
        DistributionDataPoint point = byStatus[index];
        if (point == null) {
            point = histogram.labelValues(template, method, Integer.toString(status));
            byStatus[index] = point;
        }
        point.observe(nanos / 1e9);
    }
}
