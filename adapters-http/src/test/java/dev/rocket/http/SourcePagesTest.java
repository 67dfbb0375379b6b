package dev.rocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as it is served from a source tree. */
class SourcePagesTest {

    private static final String HTML = "<html><head><title>x</title></head></html>";

    @TempDir private Path folder = Path.of("");
    private Optional<TestServer> running = Optional.empty();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("index.html"), HTML);
        Files.writeString(folder.resolve("app.js"), "one();");
        running = Optional.of(new TestServer(HttpConfig.loopback(0).withSource(folder)));
    }

    @AfterEach
    void close() {
        running.ifPresent(TestServer::close);
    }

    private HttpResponse<String> get(String path) {
        HttpResponse<String> answer = running.orElseThrow().get(path);
        assertEquals(200, answer.statusCode(), path);
        return answer;
    }

    @Test
    void a_file_is_served_as_it_is_at_the_moment() throws IOException {
        HttpResponse<String> before = get("/app.js");
        assertEquals("one();", before.body());
        Files.writeString(folder.resolve("app.js"), "two();");
        HttpResponse<String> after = get("/app.js");
        assertEquals("two();", after.body());
        assertNotEquals(before.headers().firstValue("ETag"), after.headers().firstValue("ETag"));
        assertEquals(
                List.of("text/javascript; charset=utf-8"),
                after.headers().allValues("Content-Type"));
    }

    @Test
    void one_that_is_just_being_saved_is_served_as_it_was_built() {
        String built = get("/style.css").body();
        assertTrue(built.contains("{"), built);
        assertFalse(Files.exists(folder.resolve("style.css")));
    }

    @Test
    void the_page_brings_the_script_that_loads_it_anew_and_its_policy_lets_it() {
        HttpResponse<String> page = get("/");
        String script = "<script type=\"module\" src=\"/reload.js\" data-state=";
        String mention = script + get("/reload").body() + "></script>\n</head>";
        assertEquals(HTML.replace("</head>", mention), page.body());
        assertTrue(get("/reload.js").body().contains("location.reload()"));
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("script-src 'self'") && policy.contains("connect-src 'self'"));
    }

    @Test
    void the_state_is_another_when_a_file_changed_and_only_then() throws IOException {
        String before = get("/reload").body();
        assertEquals(before, get("/reload").body());
        Files.setLastModifiedTime(folder.resolve("app.js"), FileTime.fromMillis(1));
        assertNotEquals(before, get("/reload").body());
    }

    @Test
    void nothing_of_it_is_there_otherwise_and_production_refuses_it() {
        try (TestServer plain = TestServer.plain()) {
            assertEquals(404, plain.get("/reload").statusCode());
            assertEquals(404, plain.get("/reload.js").statusCode());
            assertFalse(plain.get("/").body().contains("reload.js"));
        }
        HttpConfig source = HttpConfig.loopback(0).withSource(folder);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new HttpConfig(
                                source.host(),
                                0,
                                true,
                                true,
                                Optional.empty(),
                                List.of(),
                                source.limits(),
                                false,
                                source.source()));
    }
}
