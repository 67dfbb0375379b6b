package dev.rocket.bootstrap.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsiteConfigTest {

    private static OffsiteConfig.Bucket bucket(String text) {
        return (OffsiteConfig.Bucket) OffsiteConfig.place(text);
    }

    @Test
    void a_path_is_a_folder() {
        assertEquals(
                new OffsiteConfig.Folder(Path.of("/mnt/disk")), OffsiteConfig.place("/mnt/disk"));
    }

    @Test
    void a_bucket_has_its_parts() {
        OffsiteConfig.Bucket plain = bucket("s3://copies");
        assertEquals("copies", plain.name());
        assertEquals("", plain.prefix());
        assertEquals("us-east-1", plain.region());
        assertEquals(Optional.empty(), plain.endpoint());
        assertFalse(plain.pathStyle());
        OffsiteConfig.Bucket full =
                bucket("s3://copies/a/b?endpoint=https%3A%2F%2Fs3.example.org&region=eu-1");
        assertEquals("a/b/", full.prefix());
        assertEquals(Optional.of(URI.create("https://s3.example.org")), full.endpoint());
        assertEquals("eu-1", full.region());
        assertTrue(full.pathStyle());
        assertFalse(bucket("s3://b-1/?endpoint=https://x.org&style=host").pathStyle());
    }

    @Test
    void what_can_be_read_on_the_way_is_known() {
        assertTrue(bucket("s3://copies?endpoint=http://10.0.0.7:9000").isPlain());
        assertFalse(bucket("s3://copies?endpoint=http://127.0.0.1:9000").isPlain());
        assertFalse(bucket("s3://copies?endpoint=https://10.0.0.7:9000").isPlain());
        assertFalse(bucket("s3://copies").isPlain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3://UPPER",
                "s3://user:secret@copies",
                "s3://copies/a b",
                "s3://copies/../x",
                "s3://copies?regoin=x",
                "s3://copies?endpoint=ftp://x.org",
                "s3://copies?endpoint=x.org",
                "s3://copies?style=round",
                "https://copies"
            })
    void what_is_no_place_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> OffsiteConfig.place(text));
    }

    @Test
    void a_login_is_shown_by_its_name_alone() {
        OffsiteConfig.Bucket bucket = bucket("s3://copies").as("name", "secret-half");
        assertFalse(bucket.login().toString().contains("secret-half"));
        assertFalse(bucket.toString().contains("secret-half"));
    }
}
