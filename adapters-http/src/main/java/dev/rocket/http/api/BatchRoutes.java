package dev.rocket.http.api;

import dev.rocket.core.model.Change;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.JsonOut;
import dev.rocket.core.model.Refused;
import dev.rocket.core.model.Seq;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.Once;
import dev.rocket.core.usecase.Plan;
import dev.rocket.core.usecase.UseCases;
import dev.rocket.core.usecase.WriteBatch;
import dev.rocket.http.guard.Ask;
import dev.rocket.http.wire.Answer;
import dev.rocket.http.wire.BatchJson;
import dev.rocket.http.wire.Declined;
import dev.rocket.http.wire.Encoded;
import dev.rocket.http.wire.Malformed;
import dev.rocket.http.wire.Problems;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Many writes at {@code /v1/batch}. */
public final class BatchRoutes {

    private final WriteBatch writes;
    private final BatchPlans plans;
    private final Tally tally;

    /** Answers from these use cases. */
    public BatchRoutes(UseCases useCases, Tally tally) {
        this.writes = useCases.batch();
        this.plans = new BatchPlans(useCases);
        this.tally = tally;
    }

    /** What became of an item. */
    private sealed interface Fate {

        /** It waits for the store. */
        record Ready(Plan plan) implements Fate {}

        /** It was carried out. */
        record Done(Change change) implements Fate {}

        /** It was refused. */
        record Failed(RuntimeException why) implements Fate {}
    }

    /**
     * {@code POST /v1/batch}: 200 with {@code items}, each with the {@code status} and {@code body}
     * that the write alone would have had; 400, 413, 415, 422. When it is atomic, the first item
     * that is refused refuses all, with its own status and its {@code index}.
     */
    public Answer carryOut(Ask ask) {
        BatchJson batch = BatchJson.parse(ask.body());
        Caller caller = ask.writer();
        List<Fate> fates = new ArrayList<>(batch.items().size());
        SortedMap<Integer, Plan> ready = new TreeMap<>();
        for (int i = 0; i < batch.items().size(); i++) {
            Fate fate = prepare(caller, batch, i);
            fates.add(fate);
            if (fate instanceof Fate.Ready one) {
                ready.put(i, one.plan());
            }
        }
        Seq before = tally.before(caller);
        Iterator<Fate> done = carryOut(caller, batch.isAtomic(), ready).iterator();
        fates.replaceAll(fate -> fate instanceof Fate.Ready ? done.next() : fate);
        StringBuilder out = new StringBuilder(64 + 400 * fates.size());
        out.append("{\"items\":[");
        String comma = "";
        for (Fate fate : fates) {
            out.append(comma);
            print(out, fate, before);
            comma = ",";
        }
        return Answer.json(Status.OK_200, out.append("]}")).with(Answer.NO_STORE);
    }

    private Fate prepare(Caller caller, BatchJson batch, int index) {
        try {
            return new Fate.Ready(plans.plan(caller, batch.items().get(index)));
        } catch (Malformed bad) {
            return failed(batch, bad.inside("items/" + index + "/body"));
        } catch (Refused refused) {
            return failed(batch, batch.isAtomic() ? Problems.inBatch(index, refused) : refused);
        } catch (Declined no) {
            String detail = "Item " + index + " was refused: " + no.detail();
            return failed(batch, batch.isAtomic() ? new Declined(no.type(), detail) : no);
        }
    }

    private static Fate failed(BatchJson batch, RuntimeException why) {
        if (batch.isAtomic()) {
            throw why;
        }
        return new Fate.Failed(why);
    }

    private List<Fate> carryOut(Caller caller, boolean isAtomic, SortedMap<Integer, Plan> ready) {
        List<Fate> fates = new ArrayList<>(ready.size());
        if (isAtomic) {
            writes.all(caller, List.copyOf(ready.values()))
                    .forEach(change -> fates.add(new Fate.Done(change)));
            return fates;
        }
        for (Once.Outcome outcome : writes.each(caller, ready)) {
            fates.add(
                    switch (outcome) {
                        case Once.Outcome.Done done -> new Fate.Done(done.change());
                        case Once.Outcome.No no -> new Fate.Failed(new Refused(no.refusal()));
                    });
        }
        return fates;
    }

    private void print(StringBuilder out, Fate fate, Seq before) {
        JsonOut json = new JsonOut(out).begin();
        switch (fate) {
            case Fate.Done done -> {
                tally.count(done.change(), before);
                print(json, out, done.change().image());
            }
            case Fate.Failed failed -> {
                json.number("status", Problems.type(failed.why()).status().code()).name("body");
                Problems.print(out, failed.why());
            }
            case Fate.Ready ready -> throw new IllegalStateException("not carried out: " + ready);
        }
        json.end();
    }

    private static void print(JsonOut json, StringBuilder out, Image image) {
        if (image instanceof Image.Gone) {
            json.number("status", Status.NO_CONTENT_204.code());
            return;
        }
        boolean isNew = image.revision().value() == 1;
        if (isNew) {
            String collection = image.id().kind().wire().toLowerCase(Locale.ROOT) + "s";
            json.number("status", Status.CREATED_201.code())
                    .plain("location", "/v1/" + collection + "/" + image.id().text());
        } else {
            json.number("status", Status.OK_200.code());
        }
        json.name("body");
        Encoded.print(out, image);
    }
}
