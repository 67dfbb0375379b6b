package dev.rocket.bootstrap.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static final String A = "01a214cc-0301-7000-93f1-a809f57a007a";
    private static final String B = "01a214cc-ea4d-7000-af14-58aaa403abf1";
    private static final String C = "01a214cc-e3b4-7000-a8c0-cc0a79bc184e";

    private final Transcript transcript = new Transcript();

    private void assertDiffers(String shown, String said) {
        assertThrows(AssertionError.class, () -> transcript.assertSame(shown, said));
    }

    @Test
    void what_is_written_must_be_said() {
        transcript.assertSame("ETag: \"1\"\n", "ETag: \"1\"");
        assertDiffers("ETag: \"1\"", "ETag: \"2\"");
        assertDiffers("one", "one\ntwo");
        assertDiffers("one\ntwo", "one");
    }

    @Test
    void an_id_is_the_same_from_its_first_time_on() {
        transcript.assertSame("made " + A, "made " + B);
        transcript.assertSame(A + " again " + A, B + " again " + B);
        assertDiffers("made " + A, "made " + C);
        assertEquals("get /" + B, transcript.now("get /" + A));
    }

    @Test
    void an_id_that_comes_twice_at_once_is_the_same() {
        assertDiffers(A + " and " + A, B + " and " + C);
        transcript.assertSame(A + " and " + A, B + " and " + B);
    }

    @Test
    void two_ids_are_never_one() {
        assertDiffers(A + " and " + B, C + " and " + C);
    }

    @Test
    void moments_places_and_names_of_requests_may_be_any() {
        transcript.assertSame(
                "{\"at\":\"2026-11-25T22:21:41.051Z\",\"position\":\"00Xg\"} ba11yxgd-7",
                "{\"at\":\"2031-01-02T03:04:05.678Z\",\"position\":\"01aB9\"} zz11yxgd-12");
        assertDiffers("{\"at\":\"2026-11-25T22:21:41.051Z\"}", "{\"at\":\"today\"}");
        assertDiffers("{\"position\":\"00Xg\"}", "{\"position\":\"\"}");
        assertDiffers("{\"title\":\"00Xg\"}", "{\"title\":\"01aB\"}");
    }

    @Test
    void dots_stand_for_anything_between_what_is_written() {
        transcript.assertSame("one\n…\nfour", "one\ntwo\nthree\nfour");
        transcript.assertSame("{\"a\":1,…}", "{\"a\":1,}");
        assertDiffers("one\n…\nfour", "one\ntwo\nthree");
    }

    @Test
    void a_line_end_before_an_indent_may_be_missing() {
        transcript.assertSame("{\"a\":1,\n  \"b\":2}\nnext\n", "{\"a\":1,\"b\":2}\nnext");
        transcript.assertSame("Open:\n  link", "Open:\n  link");
        assertDiffers("{\"a\":1,\n  \"b\":2}", "{\"a\":1, \"b\":2}");
        assertDiffers("one\ntwo", "onetwo");
    }
}
