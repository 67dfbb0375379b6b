package dev.rocket.bootstrap.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatTest {

    private static Optional<Format> detect(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        InputStream in = new BufferedInputStream(new ByteArrayInputStream(bytes));
        Optional<Format> format = Format.detect(name, in);
        assertArrayEquals(bytes, in.readAllBytes(), "the stream was moved");
        return format;
    }

    @Test
    void the_beginning_of_a_file_shows_its_format() throws IOException {
        Optional<Format> warrior = Optional.of(Format.TASKWARRIOR);
        assertEquals(warrior, detect("x", "[\n{\"id\":1}]"));
        assertEquals(warrior, detect("x", "\ufeff\r\n[ { \"id\":1}]"));
        assertEquals(warrior, detect("x", "{\"uuid\":\"\"},\n"));
        assertEquals(warrior, detect("x", "[]\n"));
        assertEquals(warrior, detect("x", "[\n]\n"));
        Optional<Format> ical = Optional.of(Format.ICAL);
        assertEquals(ical, detect("x", "begin:vcalendar\r\nVERSION:2.0\r\n"));
        assertEquals(ical, detect("x.txt", "\ufeffBEGIN:VCALENDAR\n"));
        String export = "{\"rocket\":\"export\",\"version\":1";
        assertEquals(Optional.of(Format.ROCKET), detect("x.json", export));
    }

    @Test
    void where_the_beginning_says_nothing_the_name_does() throws IOException {
        assertEquals(Optional.of(Format.TODOTXT), detect("Todo.TXT", "Call Ada"));
        assertEquals(Optional.of(Format.TODOTXT), detect("x.txt", ""));
        assertEquals(Optional.of(Format.TASKWARRIOR), detect("x.json", " \n"));
        assertEquals(Optional.of(Format.ICAL), detect("x.ics", ""));
        assertEquals(Optional.empty(), detect("x.json", "7"));
        assertEquals(Optional.empty(), detect("-", "Call Ada"));
        assertEquals(Optional.empty(), detect("-", ""));
        assertEquals(Optional.empty(), detect("x.txt", "Call\0Ada"));
    }

    @Test
    void each_format_is_found_by_its_name() {
        for (Format format : Format.values()) {
            assertEquals(Optional.of(format), Format.named(format.wire()));
        }
        assertEquals(Optional.empty(), Format.named("TODOTXT"));
        assertEquals("todo.txt", Format.TODOTXT.wire());
    }
}
