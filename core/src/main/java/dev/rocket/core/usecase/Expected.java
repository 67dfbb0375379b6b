package dev.rocket.core.usecase;

import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Refusal;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Revision;
import dev.rocket.core.port.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finding what a command expects to be there. */
final class Expected {

    private Expected() {}

    /** The entity, at the expected revision when one is expected. */
    static <I extends Image> I find(
            Snapshot snapshot, Image.Id<I> id, Optional<Revision> expected) {
        I image = snapshot.find(id).orElseThrow(() -> Refused.notFound(id));
        if (expected.isPresent() && !expected.get().equals(image.revision())) {
            throw new Refused(new Refusal.Stale(id, image.revision()));
        }
        return image;
    }

    /** All items of a list, as far as one more than {@link Limits#CASCADE}. */
    static <I extends Image> List<I> every(Snapshot snapshot, Listing<I> listing) {
        List<I> items = new ArrayList<>();
        Listing<I> rest = listing;
        while (true) {
            Page<I> page = snapshot.page(rest);
            items.addAll(page.items());
            Optional<Cursor> next = page.next();
            if (next.isEmpty() || items.size() > Limits.CASCADE) {
                return items;
            }
            rest = rest.from(next.get());
        }
    }
}
