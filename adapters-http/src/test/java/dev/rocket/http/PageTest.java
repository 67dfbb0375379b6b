package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rocket.http.web.Pages;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final List<Pages.File> FILES = new Pages().files();
    private static final Pattern MENTION =
            Pattern.compile("(?:src=|href=|from |import\\()\"([./][^\"#\\s]*)\"");
    private static final TestServer SERVER = TestServer.plain();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static HttpRequest.Builder stranger(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port + path));
    }

    private static HttpResponse<String> get(String path) {
        return SERVER.send(stranger(path));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(Pages.File file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }

    private static boolean is(Pages.File file, String type) {
        return file.mediaType().startsWith(type);
    }

    @Test
    void every_file_is_served_to_anyone_as_it_is() {
        for (Pages.File file : FILES) {
            HttpResponse<String> answer = get(file.path());
            assertEquals(200, answer.statusCode(), file.path());
            assertEquals(text(file), answer.body(), file.path());
            assertEquals(file.mediaType(), header(answer, "Content-Type"), file.path());
            assertEquals("no-cache", header(answer, "Cache-Control"), file.path());
            assertEquals(file.tag(), header(answer, "ETag"), file.path());
        }
    }

    @Test
    void every_file_keeps_to_itself() {
        for (Pages.File file : FILES) {
            HttpResponse<String> answer = get(file.path());
            String policy = header(answer, "Content-Security-Policy");
            assertTrue(policy.contains("default-src 'none'"), file.path() + ": " + policy);
            assertTrue(policy.contains("script-src 'self'"), file.path() + ": " + policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), file.path() + ": " + policy);
            assertFalse(policy.contains("unsafe"), file.path() + ": " + policy);
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"), file.path());
            assertEquals("no-referrer", header(answer, "Referrer-Policy"), file.path());
            assertEquals("", header(answer, "Access-Control-Allow-Origin"), file.path());
        }
    }

    @Test
    void a_file_that_the_client_holds_is_not_sent_again() {
        for (Pages.File file : FILES) {
            for (String held : List.of(file.tag(), "W/" + file.tag(), "\"x\", " + file.tag())) {
                HttpResponse<String> answer =
                        SERVER.send(stranger(file.path()).header("If-None-Match", held));
                assertEquals(304, answer.statusCode(), file.path() + " " + held);
                assertEquals("", answer.body(), file.path());
                assertEquals(file.tag(), header(answer, "ETag"), file.path());
                assertEquals("no-cache", header(answer, "Cache-Control"), file.path());
            }
            HttpResponse<String> other =
                    SERVER.send(stranger(file.path()).header("If-None-Match", "\"another\""));
            assertEquals(200, other.statusCode(), file.path());
        }
    }

    @Test
    void head_tells_the_length_and_sends_nothing() {
        for (Pages.File file : FILES) {
            HttpResponse<String> answer =
                    SERVER.send(stranger(file.path()).method("HEAD", BodyPublishers.noBody()));
            assertEquals(200, answer.statusCode(), file.path());
            assertEquals("", answer.body(), file.path());
            String length = Integer.toString(file.bytes().length);
            assertEquals(length, header(answer, "Content-Length"), file.path());
            assertEquals(file.tag(), header(answer, "ETag"), file.path());
        }
    }

    @Test
    void nothing_but_the_files_is_served() {
        List<String> paths =
                List.of(
                        "/index.html",
                        "/../pom.xml",
                        "/./app.js",
                        "/%2e%2e/%2e%2e/etc/passwd",
                        "/..%2fapp.js",
                        "//app.js",
                        "/app.js/",
                        "/APP.JS",
                        "/app%2ejs",
                        "/Pages.class",
                        "/dev/rocket/http/web/app.js",
                        "/nothing");
        for (String path : paths) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            String answer = Wire.answer(SERVER.port, request);
            assertEquals(404, Wire.status(answer), path + ": " + answer);
            assertTrue(answer.contains("application/problem+json"), path + ": " + answer);
        }
    }

    @Test
    void a_file_cannot_be_written() {
        for (Pages.File file : FILES) {
            HttpResponse<String> answer =
                    SERVER.send(stranger(file.path()).PUT(BodyPublishers.ofString("x")));
            assertEquals(405, answer.statusCode(), file.path());
            assertEquals("GET, HEAD, OPTIONS", header(answer, "Allow"), file.path());
        }
    }

    @Test
    void the_page_opens_as_a_browser_asks_for_it() {
        HttpResponse<String> answer =
                SERVER.send(
                        stranger("/?status=done")
                                .header("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8"));
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("<!doctype html>"), answer.body());
    }

    @Test
    void scripts_and_styles_are_files() {
        Pattern inline =
                Pattern.compile(
                        "<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:",
                        Pattern.CASE_INSENSITIVE);
        for (Pages.File file : FILES) {
            if (is(file, "text/html") || is(file, "image/svg+xml")) {
                Matcher found = inline.matcher(text(file));
                assertFalse(found.find(), () -> file.path() + " holds " + found.group());
            }
        }
    }

    @Test
    void text_of_the_server_is_never_taken_for_markup() {
        Pattern risky =
                Pattern.compile(
                        "innerHTML|outerHTML|insertAdjacentHTML"
                                + "|document\\.write|eval\\(|Function\\(");
        for (Pages.File file : FILES) {
            if (is(file, "text/javascript")) {
                Matcher found = risky.matcher(text(file));
                assertFalse(found.find(), () -> file.path() + " holds " + found.group());
            }
        }
    }

    @Test
    void no_file_leads_to_another_site() {
        Pattern url =
                Pattern.compile("(?:[a-z]+:)?//[a-z0-9.-]+\\.[a-z]{2,}", Pattern.CASE_INSENSITIVE);
        for (Pages.File file : FILES) {
            String text = text(file).replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            Matcher found = url.matcher(text);
            assertFalse(found.find(), () -> file.path() + " holds " + found.group());
        }
    }

    @Test
    void whatever_a_file_mentions_is_there() {
        Set<String> mentioned = new LinkedHashSet<>();
        for (Pages.File file : FILES) {
            Matcher found = MENTION.matcher(text(file));
            while (found.find()) {
                mentioned.add(found.group(1).replaceFirst("^\\./", "/"));
            }
        }
        assertTrue(mentioned.contains("/app.js"), mentioned.toString());
        assertTrue(mentioned.contains("/live.js"), mentioned.toString());
        for (String path : mentioned) {
            assertEquals(200, get(path).statusCode(), path);
        }
    }

    @Test
    void tags_differ_as_contents_do() {
        Set<String> tags = new LinkedHashSet<>();
        FILES.forEach(file -> tags.add(file.tag()));
        assertEquals(FILES.size(), tags.size());
    }
}
