package dev.rocket.core.usecase;

import dev.rocket.core.model.Image;
import dev.rocket.core.port.Snapshot;
import java.util.List;
import java.util.function.Function;

/**
 * A command, ready to be decided on a snapshot.
 *
 * <p>Plans are made by the use cases and carried out by {@link Once}; a batch is a list of them.
 *
 * @param cause why, for the feed and the metrics: {@code task.create}
 * @param images what should stand afterwards, the entity asked for first; pure
 */
public record Plan(String cause, Function<Snapshot, List<Image>> images) {}
