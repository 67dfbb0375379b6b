package dev.rocket.core.operation;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Refused;
import dev.rocket.core.port.Store;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * When each secret was first seen, noted in the store.
 *
 * <p>Of a value the store keeps a slow hash alone, salted by what no other store has: enough to
 * tell that it is another one than before, and of no use for finding it. A value is noted by a job
 * that is called after its hash and that nobody does, so every server of a store knows the same,
 * two that see a value first at once agree, and servers with different values do not disturb each
 * other. Thread-safe.
 */
public final class SightSecrets {

    /** The job that holds the salt. */
    static final String SALT = "secrets";

    private static final Actor ACTOR = Actor.system("secrets");
    private static final String SALT_TEXT = "[0-9a-f]{32}";
    private static final int ROUNDS = 200_000;
    private static final int BITS = 128;

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator chance;

    /** Notes in a store, by a clock; {@code chance} makes the salt. */
    public SightSecrets(Store store, InstantSource clock, RandomGenerator chance) {
        this.store = store;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * When each value was first seen under its name; a new one is noted as seen now. Takes a tenth
     * of a second a value.
     *
     * @param values by name
     * @throws dev.rocket.core.port.StoreException when the store cannot be read or a new value not
     *     be noted
     */
    public Map<String, Instant> since(Map<String, String> values) {
        Map<String, Instant> since = new TreeMap<>();
        if (!values.isEmpty()) {
            String salt = salt();
            values.forEach((name, value) -> since.put(name, sighted(name, value, salt)));
        }
        return since;
    }

    private Instant sighted(String name, String value, String salt) {
        String job = "seen-" + hash(name + '\0' + value, salt);
        Instant now = clock.instant();
        return find(job)
                .or(() -> note(Job.noted(job, Optional.empty(), now), now))
                .or(() -> find(job))
                .map(found -> found.stamp().created())
                .orElse(now);
    }

    private String salt() {
        Optional<Job> known = find(SALT);
        return known.flatMap(SightSecrets::salt).orElseGet(() -> newSalt(known));
    }

    private String newSalt(Optional<Job> before) {
        byte[] bytes = new byte[BITS / 8];
        chance.nextBytes(bytes);
        String fresh = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        Job.Run run = new Job.Run(SALT, now, now, Job.Result.OK, fresh);
        Job next =
                before.map(job -> job.ran(run, Optional.empty()))
                        .orElseGet(() -> Job.noted(SALT, Optional.of(run), now));
        return note(next, now).or(() -> find(SALT)).flatMap(SightSecrets::salt).orElse(fresh);
    }

    private static Optional<String> salt(Job job) {
        return job.last().map(Job.Run::detail).filter(text -> text.matches(SALT_TEXT));
    }

    private Optional<Job> find(String name) {
        return store.read(snapshot -> snapshot.find(Job.Id.of(name)));
    }

    /** Writes it; empty when another server was faster. */
    private Optional<Job> note(Job job, Instant now) {
        try {
            store.write(tx -> tx.apply(Change.draft(ACTOR, "secret.note", now, job)));
            return Optional.of(job);
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private static String hash(String value, String salt) {
        byte[] grains = HexFormat.of().parseHex(salt);
        PBEKeySpec spec = new PBEKeySpec(value.toCharArray(), grains, ROUNDS, BITS);
        try {
            SecretKeyFactory slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return HexFormat.of().formatHex(slow.generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }
}
