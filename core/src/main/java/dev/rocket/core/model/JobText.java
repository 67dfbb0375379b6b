package dev.rocket.core.model;

/** Jobs as members of canonical text. */
final class JobText {

    private JobText() {}

    /** Writes all but id, revision and stamp. */
    static void print(StringBuilder out, Job job) {
        JsonOut json = new JsonOut(out).plain("name", job.name());
        if (job.lease().isPresent()) {
            Job.Lease lease = job.lease().get();
            json.name("lease");
            new JsonOut(out)
                    .begin()
                    .text("holder", lease.holder())
                    .number("fence", lease.fence().value())
                    .instant("until", lease.until())
                    .end();
        }
        if (job.last().isPresent()) {
            json.name("last");
            run(out, job.last().get());
        }
        job.covered().ifPresent(at -> json.instant("covered", at));
        job.succeeded().ifPresent(at -> json.instant("succeeded", at));
        json.number("failures", job.failures());
    }

    /** Appends a run as an object. */
    static void run(StringBuilder out, Job.Run run) {
        new JsonOut(out)
                .begin()
                .text("by", run.by())
                .instant("started", run.started())
                .instant("ended", run.ended())
                .plain("result", run.result().wire())
                .text("detail", run.detail())
                .end();
    }

    /** The job in the members that {@link #print} wrote. */
    static Job parse(Job.Id id, Revision revision, JsonIn json, Stamp stamp) {
        return new Job(
                id,
                revision,
                json.text("name"),
                json.find("lease", JobText::lease),
                json.find("last", JobText::run),
                json.find("covered").map(InstantText::parse),
                json.find("succeeded").map(InstantText::parse),
                (int) json.number("failures"),
                stamp);
    }

    private static Job.Lease lease(JsonIn json) {
        Revision fence = new Revision(json.number("fence"));
        return new Job.Lease(json.text("holder"), fence, json.instant("until"));
    }

    private static Job.Run run(JsonIn json) {
        return new Job.Run(
                json.text("by"),
                json.instant("started"),
                json.instant("ended"),
                Job.Result.parse(json.text("result")),
                json.text("detail"));
    }
}
