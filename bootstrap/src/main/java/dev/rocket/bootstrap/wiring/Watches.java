package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.Scale;
import dev.rocket.core.operation.WatchScale;
import dev.rocket.core.operation.WatchSecrets;
import dev.rocket.core.port.Store;
import dev.rocket.http.observe.Metrics;
import java.security.SecureRandom;

/** What is watched, as figures. */
final class Watches {

    private Watches() {}

    /** The verdict as figures; none before the first evaluation. */
    static void scale(Metrics metrics, WatchScale scale) {
        metrics.gauge(
                "rocket_scale_headroom_ratio",
                "What is left of this host's ceiling, 0 to 1; NaN before it was measured.",
                () -> scale.newest().map(Scale::headroom).orElse(Double.NaN));
        metrics.gauge(
                "rocket_scale_verdict",
                "0 calm, 1 near, 2 fired: whether SQLite suffices; NaN before it was told.",
                () ->
                        scale.newest()
                                .map(now -> (double) now.verdict().figure())
                                .orElse(Double.NaN));
    }

    /** Shows the secrets' ages among the figures; the work that reminds of those that are due. */
    static Runnable secrets(Config config, Store store, Metrics metrics) {
        ConfiguredSecrets configured =
                ConfiguredSecrets.of(config, new SecureRandom(), Wiring.clock());
        WatchSecrets watch = new WatchSecrets(store, Wiring.clock(), configured::secrets);
        SecretReminder reminder = new SecretReminder(watch, Wiring.clock());
        metrics.gauges(
                "rocket_secret_age_seconds",
                "Age of a secret; of tokens, that of the oldest.",
                "secret",
                reminder::ages);
        return reminder::run;
    }
}
