package dev.rocket.bootstrap.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The places where the archive and copies are kept. */
final class PlacesConfigTest extends Configured {

    @Test
    void a_place_off_site_is_understood_or_refused_with_its_remedy() {
        String key = "ab".repeat(32);
        Config config =
                of(
                        "ROCKET_OFFSITE=s3://copies/x?endpoint=http://127.0.0.1:9",
                        "ROCKET_OFFSITE_KEY=" + key + ", " + "cd".repeat(32),
                        "ROCKET_OFFSITE_ACCESS_KEY=name",
                        "ROCKET_OFFSITE_SECRET_KEY=half");
        assertEquals(2, config.offsite().orElseThrow().keys().size());
        assertEquals(Optional.empty(), of().offsite());
        assertOne(refused("ROCKET_OFFSITE_KEY=" + key), "set ROCKET_OFFSITE as well");
        assertOne(refused("ROCKET_OFFSITE=/x", "ROCKET_OFFSITE_KEY=short"), "32 random bytes");
        assertOne(refused("ROCKET_OFFSITE=s3://x"), "must name a bucket");
        assertOne(
                refused("ROCKET_OFFSITE=s3://copies", "ROCKET_OFFSITE_ACCESS_KEY=name"),
                "other half of the login");
        assertOne(
                refused(
                        "ROCKET_ENV=production",
                        "ROCKET_OFFSITE=s3://copies?endpoint=http://10.0.0.7"),
                "can be read on the way");
    }

    private static void assertOne(List<String> problems, String part) {
        List<String> found = problems.stream().filter(one -> one.contains(part)).toList();
        assertEquals(1, found.size(), problems.toString());
        assertFalse(problems.toString().contains("abab"), "a secret is shown");
    }

    @Test
    void the_archive_is_beside_the_file_unless_it_is_told_otherwise() {
        assertEquals(Optional.of(Path.of("rocket.db.feed")), of().archive());
        assertEquals(Optional.of(Path.of("/x")), of("ROCKET_ARCHIVE=/x").archive());
        assertEquals(Optional.empty(), of("ROCKET_ARCHIVE=off").archive());
        assertEquals(Optional.empty(), of("ROCKET_DATABASE_URL=postgres://u:p@h/d").archive());
    }

    @Test
    void the_archive_is_kept_for_days_or_for_ever() {
        assertEquals(Optional.of(Duration.ofDays(90)), of().retention().archive());
        assertEquals(Optional.empty(), of("ROCKET_ARCHIVE_KEEP=all").retention().archive());
        assertEquals(
                Optional.of(Duration.ofDays(7)),
                of("ROCKET_ARCHIVE_KEEP=7d").retention().archive());
        assertEquals(Optional.empty(), of().retention().feed());
        assertEquals(
                Optional.of(Duration.ofDays(400)), of("ROCKET_FEED_KEEP=400d").retention().feed());
        for (String bad : List.of("0d", "7", "7h", "36501d", "-1d", "never")) {
            assertOne(refused("ROCKET_ARCHIVE_KEEP=" + bad), "from 1d to 36500d, or all");
        }
    }
}
